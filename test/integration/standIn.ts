import type { IDataObject } from 'n8n-workflow';

interface Fault {
	path: string;
	status?: number;
	headers?: Record<string, string>;
	body?: unknown;
	hang?: boolean;
	breaksOff?: boolean;
	times?: number;
}

interface Recording {
	size?: number;
	head?: string;
	contentType?: string;
	hidesSize?: boolean;
	breaksAfter?: number;
	stalls?: boolean;
	status?: number;
	redirectsTo?: string;
	isEndless?: boolean;
	hangs?: boolean;
	times?: number;
}

/** What test/stand-in/voicefox.mjs gives; its own types cannot be read from here without checking JavaScript. */
export interface StandIn {
	url: string;
	recordingsUrl: string;
	openDownloads: () => Promise<number>;
	world: {
		token: string;
		foreignToken: string;
		calls: IDataObject[];
		conversations: Record<string, unknown>;
		tasks: Record<string, unknown>;
		assistants: Record<string, unknown>;
		faults: Fault[];
	};
	requests: Array<{ host: 'api' | 'recordings'; path: string; authorization?: string }>;
	addressOf: (sessionId: string, seconds?: number) => string;
	record: (sessionId: string, recording: Recording) => void;
	manyCalls: (count: number, day?: string) => IDataObject[];
	reset: () => void;
}

/** A credential for the stand-in's REST API. */
export const credentialFor = ({ url, world }: StandIn, apiToken = world.token) => ({
	apiToken,
	region: 'custom',
	baseUrl: `${url}/`,
});
