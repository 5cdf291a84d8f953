import { redactor } from '../../nodes/common/redaction.ts';
import { braze } from '../../nodes/Braze/transport.ts';
import { voucherify } from '../../nodes/Voucherify/transport.ts';
import type { CredentialData } from '../start/connection.mts';
import type { Check } from './check.mts';
import { brazeKey } from './checks/braze-key.mts';
import { brazeObjectLimit } from './checks/braze-object-limit.mts';
import { brazePermissions } from './checks/braze-permissions.mts';
import { clock } from './checks/clock.mts';
import { exportDownload } from './checks/export-download.mts';
import { publicationFilter } from './checks/publication-filter.mts';
import { rateLimit } from './checks/rate-limit.mts';
import { repeatedSourceId } from './checks/repeated-source-id.mts';
import { voucherifyKeys } from './checks/voucherify-keys.mts';
import { voucherifyPlan } from './checks/voucherify-plan.mts';
import { connect, type Connection } from './connection.mts';
import type { Finding, Verdict } from './finding.mts';
import type { Opening } from './opening.mts';

const MARKS: Readonly<Record<Verdict, string>> = { holds: '✓', differs: '≠', contradicts: '✗', unknown: '?' };

const CLOSING: Readonly<Record<Verdict, string>> = {
	holds: 'as expected',
	differs: 'different from the sandbox, and fine',
	contradicts: 'contrary to what the nodes assume',
	unknown: 'not found out',
};

/**
 * Examines both services and prints what it finds, without secrets.
 * @param campaign of which a code may be published; without it, nothing is
 * @returns the exit code: 1 if anything contradicts what the nodes assume
 */
export async function runDoctor(
	{ voucherifyApi, brazeApi }: CredentialData,
	campaign: string | undefined,
	write: (line: string) => void,
): Promise<number> {
	const ofVoucherify = voucherify.connection({ ...voucherifyApi });
	const ofBraze = braze.connection({ ...brazeApi });
	const redact = redactor([...ofVoucherify.secrets, ...ofBraze.secrets]);
	const print = (line: string): void => write(redact(line));
	const { applicationId = '', secretKey = '' } = voucherifyApi;
	const { apiKey = '' } = brazeApi;

	const atVoucherify = connect(voucherify, ofVoucherify.baseUrl, {
		'X-App-Id': applicationId,
		'X-App-Token': secretKey,
	});
	const atBraze = connect(braze, ofBraze.baseUrl, { authorization: `Bearer ${apiKey}` });
	const findings = [
		...(await examine(
			atVoucherify,
			voucherifyKeys,
			[clock, rateLimit, voucherifyPlan, publicationFilter, repeatedSourceId(campaign), exportDownload],
			print,
		)),
		...(await examine(atBraze, brazeKey, [clock, rateLimit, brazeObjectLimit, brazePermissions], print)),
	];
	print('');
	for (const verdict of ['holds', 'differs', 'contradicts', 'unknown'] as const) {
		const count = findings.filter((finding) => finding.verdict === verdict).length;
		if (count > 0) print(`${MARKS[verdict]} ${count} ${CLOSING[verdict]}`);
	}
	return findings.some(({ verdict }) => verdict === 'contradicts') ? 1 : 0;
}

async function examine(
	connection: Connection,
	opening: Opening,
	checks: readonly Check[],
	print: (line: string) => void,
): Promise<Finding[]> {
	print(`\n${connection.service.name} at ${connection.url}`);
	const all: Finding[] = [];
	const show = (title: string, findings: readonly Finding[]): void => {
		all.push(...findings);
		if (findings.length > 0) print(`\n  ${title}`);
		for (const finding of findings) print(lines(finding));
	};
	const { findings, first } = opening.read(await connection.ask(opening.question), connection);
	show('Connection', findings);
	if (first === undefined) {
		show('The rest', [{ verdict: 'unknown', text: `Nothing else was asked of ${connection.service.name}.` }]);
		return all;
	}
	for (const check of checks) show(check.title, await check.examine(connection, first));
	return all;
}

function lines({ verdict, text, sandbox, advice }: Finding): string {
	return [
		`    ${MARKS[verdict]} ${text}`,
		...(sandbox === undefined ? [] : [`      The sandbox: ${sandbox}`]),
		...(advice === undefined ? [] : [`      → ${advice}`]),
	].join('\n');
}
