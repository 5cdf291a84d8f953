import type { TokenKeeper } from './accessToken';
import type { Sender } from './exchange';
import { redactor } from './redaction';
import type { Service } from './service';

/** How a client reaches its service with a credential. */
export interface Connection {
	/** Without a slash at the end. */
	readonly baseUrl: string;
	readonly sender: Sender;
	/** What must never be shown. */
	readonly secrets: readonly string[];
	readonly redact: (text: string) => string;
	/** For services that want a token. */
	readonly tokens?: TokenKeeper;
}

/** A connection whose requests carry a token. */
export interface Authorized extends Connection {
	readonly token: string;
}

/** The connection that a credential makes; throws what the service finds wrong with it. */
export function connectionOf(service: Service, sender: Sender): Connection {
	const { baseUrl, secrets } = service.connection(sender.credential);
	return { baseUrl, sender, secrets, redact: redactor(secrets) };
}

/** The same connection with a token in the credential, which is a secret too. */
export function withToken(connection: Connection, token: string): Authorized {
	const { sender, secrets } = connection;
	const credential = { ...sender.credential, accessToken: token };
	return { ...connection, token, sender: { ...sender, credential }, redact: redactor([...secrets, token]) };
}
