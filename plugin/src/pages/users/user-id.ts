const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text can be the user_id of an event. */
export const isUserId = (text: string): boolean => UUID.test(text);
