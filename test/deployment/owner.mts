import { randomBytes } from 'node:crypto';
import type { Owner } from '../../scripts/start/n8n-client.mts';

/** Somebody to own an n8n that lives as long as a test, with a password of their own. */
export function newOwner(): Owner {
	return {
		email: 'owner@example.com',
		password: `${randomBytes(12).toString('base64url')}aA1`,
		firstName: 'Test',
		lastName: 'Owner',
	};
}
