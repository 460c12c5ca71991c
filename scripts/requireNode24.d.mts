export function complaintAbout(version: string): string | undefined;
