// What can go wrong on the way to the service. `message` is always fit for the citizen's eyes.

/** No answer came: no network, a time-out, or a broken line. Sending again may help. */
export class NetworkError extends Error {
  constructor(message = "网络不通") {
    super(message);
    this.name = "NetworkError";
  }
}

/** The service answered with a problem (RFC 9457). */
export class ProblemError extends Error {
  constructor(status, problem = {}) {
    super(problem.detail || problem.title || "系统忙，请稍后再试");
    this.name = "ProblemError";
    this.status = status;
    this.code = problem.code ?? null;
  }

  /** The token is missing, forged or expired. */
  get isUnauthorised() {
    return this.status === 401;
  }

  /** The conversation is not there, or not ours. */
  get isGone() {
    return this.status === 404 || this.status === 403;
  }

  /** Sending the same words again would fail again. */
  get isFinal() {
    return this.status === 413 || this.status === 422 || this.status === 400;
  }
}
