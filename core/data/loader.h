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

/// Takes what the user should know; called on the thread that asks for a batch.
using NoticeSink = std::function<void(const std::string&)>;

/// How much is made ahead.
struct LoaderSettings {
    int workers = 0;        ///< threads; 0: examples are made by the thread that asks, and nothing ahead
    int prefetchFactor = 2; ///< batches that each worker may be ahead, at least 1
};

/// Batches of examples, made ahead by worker threads.
///
/// Which batch comes does not depend on the workers: they make the batches that follow the last one asked
/// for, of the same size and length, workers * prefetchFactor at most, and these are handed out in order.
/// Asking for another one (a restart, another batch size or length) drops what was made ahead; where the
/// machine has no memory for as many of the new size it is an OutOfMemoryError. An Error of a worker is
/// thrown when its batch is asked for; it may be asked for again. Each notice of the examples is given once.
/// Destruction stops the workers after the examples that they are at, and joins.
class Loader : public BatchSource {
public:
    Loader(std::unique_ptr<const ExampleSource> source, const LoaderSettings& settings, NoticeSink notify);
    ~Loader() override;
    Loader(const Loader&) = delete;
    Loader& operator=(const Loader&) = delete;

    Batch batch(std::int64_t firstExample, int batchSize, std::int64_t frames) override;

private:
    /// A batch and what came of it.
    struct Made {
        Batch batch;
        std::vector<std::string> notices;
        std::exception_ptr error;
    };
    /// What is being made ahead.
    struct Course {
        std::int64_t next = 0; ///< first example of the batch to be handed out next
        int batchSize = 0;
        std::int64_t frames = 0;
        bool operator==(const Course&) const = default;
    };

    void work(const std::stop_token& stop);
    /// Examples of one batch; gives up, with an unfinished batch, once `isUnwanted`.
    Made make(const Course& course, const std::function<bool()>& isUnwanted) const;
    Made takeNext(const Course& course);
    void requireRoom(const Course& course);
    std::int64_t mostAhead() const; // batches
    bool hasRoomAhead() const;

    const std::unique_ptr<const ExampleSource> source_;
    const LoaderSettings settings_;
    const NoticeSink notify_;
    std::set<std::string> told_; // notices already given; asking thread only
    Course roomFor_;             // the last that memory was asked for; asking thread only

    mutable std::mutex mutex_; // guards all below
    std::condition_variable_any changed_;
    std::optional<Course> course_;       // none until the first batch is asked for, and after an error
    std::int64_t toMake_ = 0;            // first example of the next batch that no worker has begun
    std::int64_t generation_ = 0;        // grows with each change of course: older batches are dropped
    std::map<std::int64_t, Made> ready_; // by first example
    std::vector<std::jthread> workers_;  // last: joined before the rest goes
};

} // namespace headroom
