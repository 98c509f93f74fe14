/**
 * @jest-environment ./test/stand-in/environment.mjs
 */
import { Workflow, type ICredentialDataDecryptedObject, type INodeTypes } from 'n8n-workflow';

import { VoiceFoxApi } from '../../credentials/VoiceFoxApi.credentials';
import { baseUrlOf } from '../../nodes/VoiceFox/api/regions';

const workflow = new Workflow({
	nodes: [],
	connections: {},
	active: false,
	nodeTypes: {} as INodeTypes,
});

/** Where the credential's test sends its request, by n8n's own expressions. */
const testedUrl = ($credentials: ICredentialDataDecryptedObject) =>
	workflow.expression.resolveSimpleParameterValue(
		new VoiceFoxApi().test.request.baseURL!,
		{},
		null,
		0,
		0,
		'VoiceFox',
		[],
		'internal',
		{ $credentials } as never,
	);

it.each([
	{ region: 'global' },
	{ region: 'china', baseUrl: 'https://ignored.example.com' },
	...[
		'https://proxy.example.com',
		' https://proxy.example.com/voicefox// ',
		'https://proxy.example.com/openapi',
		'https://proxy.example.com//openapi/',
		'https://openapi/',
	].map((baseUrl) => ({ region: 'custom', baseUrl })),
])('the test of %j goes where the node goes', (credential) => {
	expect(testedUrl(credential)).toBe(baseUrlOf(credential));
});
