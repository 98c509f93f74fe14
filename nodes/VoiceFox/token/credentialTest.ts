import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';

import { tokenProblem } from './token';

/**
 * Tests the webhook's credential for every node that uses it. It looks at the values only: VoiceFox offers nobody to
 * ask whether they are right.
 */
export async function webhookTokenTest(
	this: ICredentialTestFunctions,
	credential: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	const problem = tokenProblem(credential.data ?? {});
	return problem === null
		? { status: 'OK', message: 'Saved. Enter the same value as Authorization in the VoiceFox console.' }
		: { status: 'Error', message: problem };
}
