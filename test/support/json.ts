/** Tells whether a value is what JSON can hold, at every level, and no object inherits anything it sent. */
export function isPlainData(value: unknown): boolean {
	if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return true;
	if (Array.isArray(value)) return value.every(isPlainData);
	return typeof value === 'object' && isPlainObject(value) && Object.values(value).every(isPlainData);
}

/** Its prototype is the one of `{}`: that has no prototype itself, and no fields that `in` or a loop would find. */
function isPlainObject(value: object): boolean {
	const prototype = Object.getPrototypeOf(value) as object | null;
	return (
		prototype !== null && Object.getPrototypeOf(prototype) === null && Object.keys(prototype).length === 0
	);
}

/** The JSON text of a value, by which two values are compared: it shows `__proto__` as the field it is. */
export const textOf = (value: unknown) => JSON.stringify(value);
