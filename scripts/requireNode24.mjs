/**
 * Preloaded (`node --import`) by the npm scripts that run TypeScript. JavaScript that any Node since 18 understands, so
 * that a Node too old meets a sentence and not a syntax error.
 */
const wanted = 24;

/** What to tell the person whose Node has this version; `undefined` when it will do. */
export function complaintAbout(version) {
  const major = Number(version.split('.')[0]);
  if (major === wanted) return undefined;
  return [
    `Switchboard's scripts run on Node ${wanted}, and this is Node ${version}.`,
    `Run \`npm ci\` first, and then the script through npm (as in \`npm run check\`): \`npm ci\` brings Node ${wanted} along,`,
    'in node_modules, and npm uses it. There is nothing to install by hand.',
  ].join('\n');
}

const complaint = complaintAbout(process.versions.node);
if (complaint !== undefined) {
  process.stderr.write(`${complaint}\n`);
  process.exit(1);
}
