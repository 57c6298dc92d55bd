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
    const auto add = [](const AudioBuffer& sound, std::vector<float>& to) {
        to.insert(to.end(), sound.samples().begin(), sound.samples().end());
    };
    add(example.mixture, batch.mixture);
    for (const AudioBuffer& target : example.targets)
        add(target, batch.targets);
    batch.origins.push_back(example.origins);
}

} // namespace

Loader::Loader(std::unique_ptr<const ExampleSource> source, const LoaderSettings& settings, NoticeSink notify)
    : source_(std::move(source)), settings_(settings), notify_(std::move(notify)) {
    for (int i = 0; i < settings_.workers; ++i)
        workers_.emplace_back([this](const std::stop_token& stop) { work(stop); });
}

Loader::~Loader() {
    // All at once: one after the other would wait for each in turn.
    for (std::jthread& worker : workers_)
        worker.request_stop();
}

Batch Loader::batch(std::int64_t firstExample, int batchSize, std::int64_t frames) {
    const Course course{firstExample, batchSize, frames};
    requireRoom(course);
    Made made = workers_.empty() ? make(course, [] { return false; }) : takeNext(course);
    for (const std::string& notice : made.notices) {
        if (told_.insert(notice).second && notify_)
            notify_(notice);
    }
    if (made.error)
        std::rethrow_exception(made.error);
    return std::move(made.batch);
}

Loader::Made Loader::make(const Course& course, const std::function<bool()>& isUnwanted) const {
    Made made;
    try {
        for (int i = 0; i < course.batchSize && !isUnwanted(); ++i) {
            Example example = source_->example(course.next + i, course.frames);
            if (i == 0)
                made.batch = emptyBatch(example, course.next, course.batchSize);
            append(example, made.batch);
            std::ranges::move(example.notices, std::back_inserter(made.notices));
        }
    } catch (...) {
        made.error = std::current_exception();
    }
    return made;
}

/// Memory for the batch that is handed out and all those made ahead, asked for when their size changes.
void Loader::requireRoom(const Course& course) {
    if (course.batchSize == roomFor_.batchSize && course.frames == roomFor_.frames)
        return;
    const std::int64_t batches = mostAhead() + 1;
    requireMemory(source_->exampleBytes(course.frames) * course.batchSize * batches,
                  fmt::format("{} of {} chunks",
                              batches == 1 ? "a batch" : fmt::format("{} batches", batches),
                              course.batchSize));
    roomFor_ = course;
}

std::int64_t Loader::mostAhead() const {
    return std::int64_t{settings_.workers} * std::max(1, settings_.prefetchFactor);
}

bool Loader::hasRoomAhead() const {
    return course_ && toMake_ < course_->next + mostAhead() * course_->batchSize;
}

void Loader::work(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (changed_.wait(lock, stop, [this] { return hasRoomAhead(); })) {
        Course mine = *course_;
        mine.next = toMake_;
        toMake_ += mine.batchSize;
        const std::int64_t generation = generation_;
        lock.unlock();
        Made made = make(mine, [&] {
            if (stop.stop_requested())
                return true;
            const std::lock_guard check(mutex_);
            return generation != generation_;
        });
        lock.lock();
        if (stop.stop_requested())
            return;
        if (generation == generation_) {
            ready_.emplace(mine.next, std::move(made));
            changed_.notify_all();
        }
    }
}

Loader::Made Loader::takeNext(const Course& course) {
    std::unique_lock lock(mutex_);
    if (course_ != course) {
        course_ = course;
        toMake_ = course.next;
        ++generation_;
        ready_.clear();
        changed_.notify_all();
    }
    changed_.wait(lock, [&] { return ready_.contains(course.next); });
    Made made = std::move(ready_.extract(course.next).mapped());
    course_->next += course.batchSize;
    // After an error the workers must not go on as if nothing had been.
    if (made.error)
        course_.reset();
    changed_.notify_all();
    return made;
}

} // namespace headroom
