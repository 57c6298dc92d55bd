// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/loader.h"

#include "core/support/machine_memory.h"

#include <fmt/format.h>

#include <algorithm>

namespace headroom {
namespace {

Batch emptyBatch(const Example& like, std::int64_t first, int batchSize) {
    Batch batch;
    batch.firstExample = first;
    batch.batchSize = batchSize;
    batch.stems = static_cast<int>(like.targets.size());
    batch.channels = like.mixture.channels();
    batch.frames = like.mixture.frames();
    const auto perExample = static_cast<std::size_t>(batch.channels * batch.frames);
    batch.mixture.reserve(perExample * batchSize);
    batch.targets.reserve(perExample * batchSize * batch.stems);
    return batch;
}

void append(const Example& example, Batch& batch) {
    const auto add = [](const AudioBuffer& audio, std::vector<float>& to) {
        to.insert(to.end(), audio.samples().begin(), audio.samples().end());
    };
    add(example.mixture, batch.mixture);
    for (const AudioBuffer& target : example.targets)
        add(target, batch.targets);
    batch.origins.push_back(example.origins);
}

} // namespace

Loader::Loader(std::unique_ptr<const ExampleSource> source, const LoaderOptions& options, NoticeSink notify)
    : source_(std::move(source)), options_(options), notify_(std::move(notify)) {
    for (int i = 0; i < options_.workers; ++i)
        workers_.emplace_back([this](const std::stop_token& stop) { runWorker(stop); });
}

Loader::~Loader() {
    // Stop all before the first is joined, so that they finish in parallel.
    for (std::jthread& worker : workers_)
        worker.request_stop();
}

Batch Loader::batch(std::int64_t firstExample, int batchSize, const SegmentLengths& lengths) {
    const Request request{firstExample, batchSize, lengths};
    requireMemoryFor(request);
    Prefetched made = workers_.empty() ? makeBatch(request, [] { return false; }) : takeNext(request);
    for (const std::string& notice : made.notices) {
        if (reported_.insert(notice).second && notify_)
            notify_(notice);
    }
    if (made.error)
        std::rethrow_exception(made.error);
    return std::move(made.batch);
}

Loader::Prefetched Loader::makeBatch(const Request& request, const std::function<bool()>& isCanceled) const {
    Prefetched made;
    const std::int64_t frames = request.lengths.of(request.firstExample);
    try {
        for (int i = 0; i < request.batchSize && !isCanceled(); ++i) {
            Example example = source_->example(request.firstExample + i, frames);
            if (i == 0)
                made.batch = emptyBatch(example, request.firstExample, request.batchSize);
            append(example, made.batch);
            std::ranges::move(example.notices, std::back_inserter(made.notices));
        }
    } catch (...) {
        made.error = std::current_exception();
    }
    return made;
}

/// Checks the memory for the returned batch and all prefetched ones, whenever their size changes.
void Loader::requireMemoryFor(const Request& request) {
    const std::int64_t longest = request.lengths.longest();
    if (request.batchSize == memoryCheckedFor_.batchSize && longest == memoryCheckedFor_.lengths.longest())
        return;
    const std::int64_t batches = maxPrefetched() + 1;
    requireMemory(source_->exampleBytes(longest) * request.batchSize * batches,
                  fmt::format("{} of {} segments",
                              batches == 1 ? "a batch" : fmt::format("{} batches", batches),
                              request.batchSize));
    memoryCheckedFor_ = request;
}

std::int64_t Loader::maxPrefetched() const {
    return std::int64_t{options_.workers} * std::max(1, options_.prefetchFactor);
}

bool Loader::canPrefetch() const {
    return next_ && nextToMake_ < next_->firstExample + maxPrefetched() * next_->batchSize * options_.stride;
}

void Loader::runWorker(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (changed_.wait(lock, stop, [this] { return canPrefetch(); })) {
        Request request = *next_;
        request.firstExample = nextToMake_;
        nextToMake_ += std::int64_t{request.batchSize} * options_.stride;
        const std::int64_t generation = generation_;
        lock.unlock();
        Prefetched made = makeBatch(request, [&] {
            if (stop.stop_requested())
                return true;
            const std::lock_guard check(mutex_);
            return generation != generation_;
        });
        lock.lock();
        if (stop.stop_requested())
            return;
        if (generation == generation_) {
            ready_.emplace(request.firstExample, std::move(made));
            changed_.notify_all();
        }
    }
}

Loader::Prefetched Loader::takeNext(const Request& request) {
    std::unique_lock lock(mutex_);
    if (next_ != request) {
        next_ = request;
        nextToMake_ = request.firstExample;
        ++generation_;
        ready_.clear();
        changed_.notify_all();
    }
    changed_.wait(lock, [&] { return ready_.contains(request.firstExample); });
    Prefetched made = std::move(ready_.extract(request.firstExample).mapped());
    next_->firstExample += std::int64_t{request.batchSize} * options_.stride;
    // After an error, discard the prefetched batches so that a repeated call makes its batch again.
    if (made.error)
        next_.reset();
    changed_.notify_all();
    return made;
}

} // namespace headroom
