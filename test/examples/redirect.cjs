// @ts-check
// Loaded into the test's n8n (NODE_OPTIONS=--require): requests to the outside services of the examples go to the
// stand-in instead, as plain HTTP. n8n, its nodes and the workflows stay as they are, and nothing leaves the machine.
'use strict';

const http = require('node:http');
const https = require('node:https');

const standIn = new URL(String(process.env.STAND_IN_URL));

/** @param {any[]} args those of https.request @returns {any} */
function redirected(args) {
	const [first, second, third] = args;
	const isAddress = typeof first === 'string' || first instanceof URL;
	const address = isAddress ? require('node:url').urlToHttpOptions(new URL(first)) : first;
	const options = { ...address, ...(isAddress && typeof second === 'object' ? second : {}) };
	const service = options.hostname ?? String(options.host ?? '').replace(/:\d+$/, '');
	const callback = [second, third].find((argument) => typeof argument === 'function');
	return http.request(
		{
			method: options.method,
			path: `/${service}${options.path ?? '/'}`,
			headers: options.headers,
			hostname: standIn.hostname,
			port: standIn.port,
			timeout: options.timeout,
			signal: options.signal,
		},
		callback,
	);
}

const request = /** @type {any} */ ((/** @type {any[]} */ ...args) => redirected(args));
https.request = request;
https.get = /** @type {any} */ ((/** @type {any[]} */ ...args) => request(...args).end());
