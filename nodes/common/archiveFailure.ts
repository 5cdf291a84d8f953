import { Failure } from './failure';

/** Why an archive can't be unpacked; `problem` is the rest of a sentence. */
export function notUnpacked(problem: string, description: string): Failure {
	return new Failure({
		message: `The archive can't be unpacked: ${problem}`,
		description,
		code: 'bad_archive',
	});
}

/** Why an archive is not what its maker made; `problem` is the rest of a sentence. */
export function damaged(problem: string): Failure {
	return notUnpacked(problem, 'It is damaged or came only in part. Get it again.');
}

/** Why an archive that ends too early can't be unpacked. */
export function cutOff(): Failure {
	return damaged('it ends before its last file does');
}
