// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/data/batch.h"
#include "core/data/example_source.h"

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace headroom {

/// Receives notices for the user, on the thread that calls Loader::batch().
using NoticeSink = std::function<void(const std::string&)>;

struct LoaderOptions {
    int workers = 0;        ///< threads; 0: batch() makes examples itself, without prefetching
    int prefetchFactor = 2; ///< batches to prefetch per worker, at least 1
    int stride = 1;         ///< distance of the requested batches; those between belong to other ranks
};

/// Batches of examples, prefetched by worker threads.
///
/// The workers make the batches that follow the last requested one at the stride, with the same size and
/// lengths, up to workers * prefetchFactor. Results do not depend on the number of workers. A request that
/// does not continue the sequence (after a resume, or with another batch size or other lengths) discards the
/// prefetched batches. If host memory is too small for the new size, batch() throws OutOfMemoryError. An
/// exception in a worker is thrown by the batch() call for its batch; the call may be repeated. Each distinct
/// notice is reported once. The destructor stops the workers after their current examples and joins them.
class Loader : public BatchSource {
public:
    Loader(std::unique_ptr<const ExampleSource> source, const LoaderOptions& options, NoticeSink notify);
    ~Loader() override;
    Loader(const Loader&) = delete;
    Loader& operator=(const Loader&) = delete;

    Batch batch(std::int64_t firstExample, int batchSize, const SegmentLengths& lengths) override;

private:
    struct Prefetched {
        Batch batch;
        std::vector<std::string> notices;
        std::exception_ptr error;
    };
    struct Request {
        std::int64_t firstExample = 0;
        int batchSize = 0;
        SegmentLengths lengths = 0;
        bool operator==(const Request&) const = default;
    };

    void runWorker(const std::stop_token& stop);
    /// Makes a batch; returns an incomplete one as soon as `isCanceled` returns true.
    Prefetched makeBatch(const Request& request, const std::function<bool()>& isCanceled) const;
    Prefetched takeNext(const Request& request);
    void requireMemoryFor(const Request& request);
    std::int64_t maxPrefetched() const; // batches
    bool canPrefetch() const;

    const std::unique_ptr<const ExampleSource> source_;
    const LoaderOptions options_;
    const NoticeSink notify_;
    std::set<std::string> reported_; // notices; calling thread only
    Request memoryCheckedFor_;       // calling thread only

    mutable std::mutex mutex_; // guards all below
    std::condition_variable_any changed_;
    std::optional<Request> next_; // next expected request; absent before the first, after an error
    std::int64_t nextToMake_ = 0; // first example of the next batch that no worker has started
    std::int64_t generation_ = 0; // batches of earlier generations are discarded
    std::map<std::int64_t, Prefetched> ready_; // by first example
    std::vector<std::jthread> workers_;        // last, so that they are joined first
};

} // namespace headroom
