-- Names and passwords as in a list that leaked: every other name is somebody's here, who signs in at another address.
local attempt = 0

wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"

function request()
  attempt = attempt + 1
  local name = attempt % 2 == 0 and ("known-" .. math.floor(attempt / 2 % 5 * 4 + 2)) or ("leaked-" .. attempt)
  return wrk.format(nil, nil, nil, string.format('{"username":"%s","password":"guess-%d"}', name, attempt))
end

function done(summary, latency, requests)
  io.write(string.format("requests=%d not2xx=%d connect=%d timeout=%d p99_ms=%.1f\n", summary.requests,
    summary.errors.status, summary.errors.connect, summary.errors.timeout, latency:percentile(99) / 1000))
end
