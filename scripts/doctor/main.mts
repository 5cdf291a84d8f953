import { realServices, sandboxServices } from '../start/connection.mts';
import { FREE_PORTS, startSandboxProcess } from '../start/sandbox-process.mts';
import { runDoctor } from './doctor.mts';

/** What the command line asks for. */
export interface DoctorCommand {
	/** Of which campaign a code may be published. */
	readonly campaign: string | undefined;
	/** Whether the sandbox is to be examined rather than what the environment names. */
	readonly sandbox: boolean;
}

/** `npm run doctor`. Resolves to the exit code; rejects with a plain sentence when the environment names no services. */
export async function main(projectFolder: string, { campaign, sandbox }: DoctorCommand): Promise<number> {
	if (!sandbox) {
		const credentials = realServices(process.env);
		if (credentials !== undefined) return await runDoctor(credentials, campaign, console.log);
		throw new Error(
			'Set VOUCHERIFY_APP_ID, VOUCHERIFY_SECRET_KEY, BRAZE_API_KEY and BRAZE_API_URL to have your accounts examined, or add --sandbox to see what it looks like.',
		);
	}
	const started = await startSandboxProcess(projectFolder, FREE_PORTS);
	try {
		return await runDoctor(sandboxServices(started), campaign, console.log);
	} finally {
		await started.stop();
	}
}
