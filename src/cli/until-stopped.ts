/** Resolves when somebody asks the process to end. */
export const untilStopped = (stopped: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (stopped.aborted) return resolve()
    // A listener alone does not keep a process alive.
    const awake = setInterval(() => {}, 60_000)
    stopped.addEventListener('abort', () => {
      clearInterval(awake)
      resolve()
    })
  })
