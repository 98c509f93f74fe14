import type { IDataObject } from 'n8n-workflow';

import type { DocumentedFields, FieldType } from './documented';
import type { Issue } from './events';
import { isExact, isIntegerText, isObject, isPresent, textToNumber } from './values';

/** How many places are named, of each kind. */
const MAX_PLACES = 20;

/** What is noticed while an event is read. */
export interface Notes {
	/** What makes the event unusable; none is looked for after the 20th. */
	issues: Issue[];
	/** Where a value is not of the documented type, and was passed on as sent; the first 20. */
	asSent: string[];
}

interface PlainType {
	convert: (value: unknown) => unknown;
	isRight: (value: unknown) => boolean;
}

const numberToText = (value: unknown) =>
	typeof value === 'number' && isExact(value) ? String(value) : value;

const emptyToNull = (value: unknown) => (value === '' ? null : value);

const FLAGS = new Map<unknown, boolean>([
	['true', true],
	['1', true],
	[1, true],
	['false', false],
	['0', false],
	[0, false],
]);

/** No flag is longer as a text; what is longer is not looked at. */
const LONGEST_FLAG = 'false'.length;

function toFlag(value: unknown): unknown {
	const isShort = typeof value === 'string' && value.length <= LONGEST_FLAG;
	return FLAGS.get(isShort ? value.toLowerCase() : value) ?? emptyToNull(value);
}

const isText = (value: unknown) => typeof value === 'string';

const TEXT: PlainType = { convert: numberToText, isRight: isText };

/** The conversions that lose nothing, and what is then of the documented type. */
const PLAIN = {
	text: TEXT,
	integer: {
		convert: (value) => textToNumber(emptyToNull(value)),
		isRight: (value) => Number.isFinite(value) || isIntegerText(value),
	},
	flag: { convert: toFlag, isRight: (value) => typeof value === 'boolean' },
} satisfies Record<string, PlainType>;

/** Reads one event: what it notices it keeps. */
class TolerantReader implements Notes {
	readonly issues: Issue[] = [];
	readonly asSent: string[] = [];

	/** The same object where nothing was to convert, else a copy; what is not documented stays as it is. */
	fields(sent: IDataObject, documented: DocumentedFields, path: string): IDataObject {
		let read = sent;
		for (const [name, type] of Object.entries(documented)) {
			const value = this.field(sent[name], type, `${path}.${name}`);
			if (value === sent[name]) continue;
			if (read === sent) read = { ...sent };
			read[name] = value as IDataObject[string];
		}
		return read;
	}

	private field(sent: unknown, type: FieldType, path: string): unknown {
		if (typeof type !== 'string') {
			if ('words' in type) return this.plain(sent, TEXT, path);
			return 'list' in type ? this.list(sent, type.list, path) : this.group(sent, type.group, path);
		}
		if (type === 'sessionId' || type === 'taskId') return this.identifier(sent, type, path);
		return type === 'variables' ? this.variables(sent, path) : this.plain(sent, PLAIN[type], path);
	}

	private plain(sent: unknown, { convert, isRight }: PlainType, path: string): unknown {
		const read = convert(sent);
		if (read === undefined || read === null || isRight(read)) return read;
		return this.keep(sent, path);
	}

	private identifier(sent: unknown, type: 'sessionId' | 'taskId', path: string): unknown {
		const isUsable = typeof sent === 'string' ? sent.trim() !== '' : Number.isFinite(sent);
		if (!isUsable) return this.refuse(sent, path, 'Expected text that is not blank, or a number');
		return type === 'sessionId' ? String(sent) : this.plain(sent, PLAIN.integer, path);
	}

	private list(sent: unknown, documented: DocumentedFields, path: string): unknown {
		if (!isPresent(sent)) return [];
		if (!Array.isArray(sent)) return this.refuse(sent, path, 'Expected a list of objects');

		const read = sent.map((element: unknown, index) => this.element(element, documented, `${path}.${index}`));
		return read.some((element, index) => element !== sent[index]) ? read : sent;
	}

	private element(sent: unknown, documented: DocumentedFields, path: string): unknown {
		return isObject(sent)
			? this.fields(sent, documented, path)
			: this.refuse(sent, path, 'Expected an object');
	}

	private group(sent: unknown, documented: DocumentedFields, path: string): unknown {
		if (!isPresent(sent)) return emptyToNull(sent);
		return isObject(sent) ? this.fields(sent, documented, path) : this.keep(sent, path);
	}

	private variables(sent: unknown, path: string): unknown {
		if (!isPresent(sent) || (Array.isArray(sent) && sent.length === 0)) return {};
		return isObject(sent) ? sent : this.keep(sent, path);
	}

	private keep(sent: unknown, path: string): unknown {
		if (this.asSent.length < MAX_PLACES) this.asSent.push(path);
		return sent;
	}

	private refuse(sent: unknown, path: string, message: string): unknown {
		if (this.issues.length < MAX_PLACES) this.issues.push({ path, message });
		return sent;
	}
}

/**
 * Reads `event_data` with every conversion that loses nothing. A value of another type is passed on as sent; only what
 * the event cannot be used without makes it invalid.
 *
 * @param eventData an object; it is not changed
 * @returns the very object where nothing was to convert, else a copy, and what was noticed
 */
export function readTolerantly(
	eventData: IDataObject,
	documented: DocumentedFields,
): Notes & { data: IDataObject } {
	const reader = new TolerantReader();
	const data = reader.fields(eventData, documented, 'event_data');
	return { data, issues: reader.issues, asSent: reader.asSent };
}
