import type { IDataObject } from 'n8n-workflow';
import { Failure } from '../../common/failure';
import type { Together } from '../../common/operation';
import type { ItemParameters } from '../../common/parameters';
import { dispatchOf, type SendPath } from './dispatch';

/**
 * Sends one message to everyone in an audience, once for all items. Nothing is sent when items disagree on it.
 * @param body the request as an item wants it
 */
export function broadcast(
	fixed: ItemParameters,
	path: SendPath,
	body: (item: ItemParameters) => IDataObject,
): Together<unknown> {
	const text = JSON.stringify({ ...body(fixed), broadcast: true });
	let agreed = true;
	return {
		read: (item) => {
			if (JSON.stringify({ ...body(item), broadcast: true }) === text) return undefined;
			agreed = false;
			throw item.invalid(
				'sendTo',
				'is "Everyone in the Audience", and this item wants another message or audience than the first one',
				'It is sent once for all items: enter values that are the same for all of them.',
			);
		},
		run: async (inputs, _fixed, run) => {
			if (inputs.length === 0) return [];
			if (!agreed)
				throw new Failure({
					message: 'Nothing was sent, because other items want another message or audience',
				});
			// Sent twice, the message would arrive twice.
			const response = await run.client.send({ method: 'POST', path, body: text });
			run.note('Braze sends this to everyone in the audience, once for all items');
			return [{ json: dispatchOf(response) }];
		},
	};
}
