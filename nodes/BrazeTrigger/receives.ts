/** What the trigger can receive, as the form's values name it. */
export const ANY_WEBHOOK = 'webhook';
export const AUDIENCE_SYNC = 'audienceSync';
export const CONNECTED_CONTENT = 'connectedContent';
export const CUSTOM_EVENT = 'customEvent';

/** In ms: how long Braze waits for Connected Content. */
export const BRAZE_WAITS = 2_000;

/** In ms: what the way there and back leaves of it. */
export const ANSWER_WITHIN = 1_800;
