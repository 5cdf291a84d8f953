import { publishing, type CodeOfCampaign } from './publishCode';
import type { Snippet } from './snippet';

/** Publishes a code of a referral campaign, for the user to hand on. */
export function inviteReferrers(input: CodeOfCampaign): Snippet {
	return publishing(input, 'Publishes a referral code to hand on to friends.');
}
