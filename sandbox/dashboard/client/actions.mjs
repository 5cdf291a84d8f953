/**
 * Sends something to the sandbox.
 * @returns what it answers; throws its message when it refuses
 */
export async function send(method, path, body) {
	const response = await fetch(path, {
		method,
		...(body !== undefined && {
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		}),
	});
	const answer = response.status === 204 ? undefined : await response.json();
	if (!response.ok) throw new Error(answer?.message ?? `The sandbox answered ${response.status}.`);
	return answer;
}
