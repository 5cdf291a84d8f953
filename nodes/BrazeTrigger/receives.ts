/** What the trigger can receive, as the form's values name it. */
export const ANY_WEBHOOK = 'webhook';
export const AUDIENCE_SYNC = 'audienceSync';
export const CONNECTED_CONTENT = 'connectedContent';
export const CUSTOM_EVENT = 'customEvent';

/** In ms: how long Braze waits for Connected Content. */
export const BRAZE_WAITS = 2_000;

/**
 * In ms: what is left of it for the workflow. The way there and back takes some, and n8n 0.1 s and more before it hands a request to the
 * trigger (measured with 2.41.1 on two busy cores).
 */
export const ANSWER_WITHIN = 1_600;
