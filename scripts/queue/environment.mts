// The environment of n8n's processes in queue mode. docs/scale.md names nothing that is not set here.

/** What the processes share, and where they find each other. */
export interface QueueSettings {
	readonly redis: { readonly host: string; readonly port: number };
	readonly database: {
		readonly host: string;
		readonly port: number;
		readonly name: string;
		readonly user: string;
		readonly password: string;
	};
	readonly encryptionKey: string;
	/** Where others reach the webhook processes, without a slash at the end. */
	readonly webhookUrl: string;
	/** How many executions a worker runs at once. */
	readonly workerConcurrency: number;
}

/** The variables that every process of a queue-mode n8n gets alike, whatever its part. */
export function sharedEnvironment(settings: QueueSettings): Record<string, string> {
	const { redis, database } = settings;
	return {
		EXECUTIONS_MODE: 'queue',
		QUEUE_BULL_REDIS_HOST: redis.host,
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: database.host,
		DB_POSTGRESDB_PORT: String(database.port),
		DB_POSTGRESDB_DATABASE: database.name,
		DB_POSTGRESDB_USER: database.user,
		DB_POSTGRESDB_PASSWORD: database.password,
		N8N_ENCRYPTION_KEY: settings.encryptionKey,
		WEBHOOK_URL: `${settings.webhookUrl}/`,
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		// Files on disk would stay with the process that wrote them.
		N8N_DEFAULT_BINARY_DATA_MODE: 'database',
		QUEUE_WORKER_LOCK_DURATION: '30000',
		QUEUE_WORKER_LOCK_RENEW_TIME: '5000',
		QUEUE_WORKER_STALLED_INTERVAL: '10000',
	};
}

/** What only the main process gets: it leaves webhooks to the webhook process, and looks for lost executions each minute. */
export function mainEnvironment(): Record<string, string> {
	return { N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true', N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL: '1' };
}

/** What only workers get. */
export function workerEnvironment({ workerConcurrency }: QueueSettings): Record<string, string> {
	return {
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		N8N_CONCURRENCY_PRODUCTION_LIMIT: String(workerConcurrency),
	};
}
