import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { apiTokenOf, baseUrlOf } from '../api/regions';
import { digestOf } from './memory';

/** Which account a credential is for: a digest of its address and token, which nobody can turn back. */
export const accountOf = (credential: ICredentialDataDecryptedObject): string =>
	digestOf([baseUrlOf(credential) ?? '', apiTokenOf(credential)].join('\n'));
