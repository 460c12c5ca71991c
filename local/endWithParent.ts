/**
 * Loaded into a child process ahead of its own program: when its standard input closes, the child ends as it does on
 * SIGTERM. The parent closes it to end the child, and the system closes it when the parent dies, in whatever way.
 */
process.stdin.once('close', () => {
  if (!process.emit('SIGTERM', 'SIGTERM')) process.exit();
});
process.stdin.resume().unref();
