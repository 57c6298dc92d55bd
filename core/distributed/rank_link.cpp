// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/distributed/rank_link.h"

#include "core/distributed/store.h"
#include "core/session/failure.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

namespace headroom {
namespace {

using LinkClock = std::chrono::steady_clock;
using LinkSeconds = std::chrono::duration<double>;

/// Between two signs of life.
constexpr LinkSeconds beatInterval(0.5);
/// Between two looks at the values of the others. They have usually just finished the same update.
constexpr LinkSeconds gatherInterval(0.001);
/// A thread that waits wakes up to look for lost ranks.
constexpr LinkSeconds checkInterval(0.1);
/// Silence that identifies the rank that has ended, once connections are known to have ended.
constexpr double suspectSeconds = 5;
/// How long rank 0 keeps its store for the others after a failure.
constexpr LinkSeconds farewell(5);

constexpr const char* lostRemedy =
    "Its own output, or rank-N.log in the run folder, may say why. Resume the run with --resume.";

std::string key(const char* name, std::int64_t number) {
    return fmt::format("{}/{}", name, number);
}

std::string asText(const std::vector<std::uint8_t>& bytes) {
    return {bytes.begin(), bytes.end()};
}

std::vector<std::uint8_t> asBytes(const std::string& text) {
    return {text.begin(), text.end()};
}

/// A request to the thread of the link.
struct Gathering {
    std::int64_t number = 0;
    std::string mine;
    bool isSent = false;
};

} // namespace

/// Shared with the thread of the link, which outlives the link if the store hangs.
struct RankLink::State {
    RankPlace place;
    std::function<void()> onStop;
    c10::intrusive_ptr<c10d::Store> server; ///< only of a rank 0 that keeps the store
    c10::intrusive_ptr<c10d::Store> store;  ///< used by the thread of the link only

    std::mutex mutex; // guards all below
    std::condition_variable changed;
    std::optional<Gathering> gathering;
    std::int64_t gatherings = 0;
    std::optional<std::vector<std::string>> gathered;
    bool stopRequested = false; ///< by this rank
    std::string failure;        ///< of this rank, not sent yet
    bool ends = false;          ///< the thread must end
    bool ended = false;
    std::int64_t rounds = 0;  ///< answers of the store
    std::string storeFailure; ///< why the store no longer answers
    std::string otherFailure; ///< the message of a rank that failed or lost another
    /// A rank since its last sign of life.
    struct Silence {
        double seconds = 0;
        bool hasJoined = false; ///< there was a sign
    };
    std::vector<Silence> silences; ///< by rank

    /// The message about the rank that is lost after this silence, if any.
    std::string lost(double seconds) const {
        if (!otherFailure.empty())
            return otherFailure;
        if (!storeFailure.empty())
            return lostStore(storeFailure);
        const auto longest = std::ranges::max_element(
            silences, {}, [](const Silence& silence) { return silence.hasJoined ? silence.seconds : -1; });
        if (longest->seconds >= seconds && longest->hasJoined)
            return fmt::format("rank {} was lost: no sign of life for {:.0f} s", longest - silences.begin(),
                               longest->seconds);
        const auto absent = std::ranges::find_if(silences, [](const Silence& silence) {
            return !silence.hasJoined && silence.seconds > joinSeconds;
        });
        return absent == silences.end() ? std::string()
                                        : fmt::format("rank {} has not joined the run within {} s",
                                                      absent - silences.begin(), joinSeconds);
    }
    std::string lostStore(const std::string& why) const {
        return place.launcherHasStore
                   ? fmt::format("the launcher, which keeps the store at {}:{}, was lost: {}", place.host,
                                 place.port, why)
                   : fmt::format("rank 0 was lost, which keeps the store at {}:{}: {}", place.host,
                                 place.port, why);
    }
};

namespace {

/// The thread of a link.
template <typename State>
class LinkThread {
public:
    explicit LinkThread(State& state)
        : state_(state), beats_(static_cast<std::size_t>(state.place.ranks)), lastBeat_(LinkClock::now()) {}

    void run() {
        try {
            while (round())
                ;
        } catch (const std::exception& exception) {
            const std::lock_guard lock(state_.mutex);
            state_.storeFailure = plainMessage(exception);
        }
        const std::lock_guard lock(state_.mutex);
        state_.ended = true;
        state_.changed.notify_all();
    }

private:
    /// Talks to the store once. Returns false at the end.
    bool round() {
        std::unique_lock lock(state_.mutex);
        const auto wait = state_.gathering && state_.gathering->isSent ? gatherInterval : beatInterval;
        state_.changed.wait_for(lock, wait, [this] { return hasWork(); });
        const bool ends = state_.ends;
        const bool stops = std::exchange(state_.stopRequested, false);
        const std::string failure = std::exchange(state_.failure, {});
        std::optional<Gathering> gathering = state_.gathering;
        lock.unlock();

        if (stops)
            state_.store->add("stops", 1);
        if (!failure.empty())
            tell(failure);
        if (gathering)
            gather(*gathering);
        if (ends) {
            state_.store->add("left", 1);
            return false;
        }
        if (!hasBeaten_ || LinkClock::now() - lastBeat_ >= beatInterval)
            beat();
        lock.lock();
        ++state_.rounds;
        state_.changed.notify_all();
        return true;
    }

    bool hasWork() const {
        return state_.ends || state_.stopRequested || !state_.failure.empty() ||
               (state_.gathering && !state_.gathering->isSent);
    }

    /// Only the first failure counts: the others follow from it.
    void tell(const std::string& failure) {
        if (state_.store->add("failures", 1) == 1)
            state_.store->set("failure", asBytes(failure));
    }

    void gather(const Gathering& gathering) {
        std::vector<std::string> keys;
        for (int rank = 0; rank < state_.place.ranks; ++rank)
            keys.push_back(fmt::format("values/{}/{}", gathering.number, rank));
        if (!gathering.isSent) {
            state_.store->set(keys[static_cast<std::size_t>(state_.place.rank)], asBytes(gathering.mine));
            const std::lock_guard lock(state_.mutex);
            state_.gathering->isSent = true;
        }
        if (!state_.store->check(keys))
            return;
        std::vector<std::string> values;
        for (const auto& value : state_.store->multiGet(keys))
            values.push_back(asText(value));
        // All ranks have the values before the previous ones: they have sent these.
        if (gathering.number > 0)
            state_.store->deleteKey(fmt::format("values/{}/{}", gathering.number - 1, state_.place.rank));
        const std::lock_guard lock(state_.mutex);
        state_.gathering.reset();
        state_.gathered = std::move(values);
    }

    void gatherPending() {
        std::unique_lock lock(state_.mutex);
        const std::optional<Gathering> pending = state_.gathering;
        lock.unlock();
        if (pending)
            gather(*pending);
    }

    /// Gives a sign of life and takes those of the others. Silence counts in time of this process, so that
    /// nobody is lost while the machine sleeps.
    void beat() {
        const LinkSeconds since = LinkClock::now() - lastBeat_;
        lastBeat_ = LinkClock::now();
        hasBeaten_ = true;
        state_.store->add(key("beat", state_.place.rank), 1);
        std::vector<std::int64_t> now(beats_.size());
        for (std::size_t rank = 0; rank < now.size(); ++rank)
            now[rank] = state_.store->add(key("beat", static_cast<std::int64_t>(rank)), 0);
        const bool stops = state_.store->add("stops", 0) > 0;
        const bool fails = state_.store->add("failures", 0) > 0 && state_.store->check({"failure"});
        const std::string failure = fails ? asText(state_.store->get("failure")) : std::string();
        if (fails)
            gatherPending(); // first what the failed rank sent before
        {
            const std::lock_guard lock(state_.mutex);
            for (std::size_t rank = 0; rank < now.size(); ++rank) {
                auto& silence = state_.silences[rank];
                silence.hasJoined = now[rank] > 0;
                silence.seconds = now[rank] != beats_[rank]
                                      ? 0
                                      : silence.seconds + std::min(since, 2 * beatInterval).count();
            }
            state_.otherFailure = failure;
        }
        beats_ = std::move(now);
        if (stops && !std::exchange(toldStop_, true) && state_.onStop)
            state_.onStop();
    }

    State& state_;
    std::vector<std::int64_t> beats_;
    LinkClock::time_point lastBeat_;
    bool hasBeaten_ = false;
    bool toldStop_ = false;
};

} // namespace

RankLink::RankLink(const RankPlace& place, std::function<void()> onStop) : state_(std::make_shared<State>()) {
    state_->place = place;
    state_->onStop = std::move(onStop);
    state_->silences.resize(static_cast<std::size_t>(place.ranks));
    state_->server = openStore(place);
    state_->store = connectStore(place, "link");
    thread_ = std::thread([state = state_] { LinkThread(*state).run(); });
}

RankLink::~RankLink() {
    std::unique_lock lock(state_->mutex);
    state_->ends = true;
    state_->changed.notify_all();
    const bool ended = state_->changed.wait_for(lock, farewell, [this] { return state_->ended; });
    lock.unlock();
    if (!ended) {
        // The store hangs, and the thread waits for it in the operating system until the program ends. It
        // owns all that it uses.
        thread_.detach();
        return;
    }
    thread_.join();
    if (!state_->server)
        return;
    const auto until = LinkClock::now() + farewell;
    try {
        while (state_->store->add("left", 0) < state_->place.ranks && LinkClock::now() < until)
            std::this_thread::sleep_for(checkInterval);
    } catch (const std::exception&) { // NOLINT(bugprone-empty-catch): nothing is left to wait for
    }
}

const RankPlace& RankLink::place() const {
    return state_->place;
}

void RankLink::wait(const std::function<bool()>& done) {
    const double timeout = state_->place.timeoutSeconds;
    std::unique_lock lock(state_->mutex);
    std::int64_t rounds = state_->rounds;
    double silence = 0;
    auto last = LinkClock::now();
    LinkSeconds nap(0.00005);
    for (;;) {
        lock.unlock();
        const bool isDone = done();
        lock.lock();
        if (isDone)
            return;
        if (const std::string lost = state_->lost(timeout); !lost.empty()) {
            lock.unlock();
            if (done()) // just before
                return;
            throw RankLostError(ErrorKind::Failure, lost, {}, lostRemedy);
        }
        const auto now = LinkClock::now();
        silence = state_->rounds != rounds
                      ? 0
                      : silence + std::min<LinkSeconds>(now - last, 2 * checkInterval).count();
        rounds = state_->rounds;
        last = now;
        if (silence > timeout + beatInterval.count())
            throw RankLostError(ErrorKind::Failure,
                                state_->lostStore(fmt::format("no answer for {:.0f} s", silence)), {},
                                lostRemedy);
        // Woken up by values that arrive; polls what libraries do.
        state_->changed.wait_for(lock, nap);
        nap = std::min(2 * nap, checkInterval / 50);
    }
}

std::vector<std::string> RankLink::gather(const std::string& value) {
    {
        const std::lock_guard lock(state_->mutex);
        state_->gathered.reset();
        state_->gathering = Gathering{state_->gatherings++, value, false};
        state_->changed.notify_all();
    }
    wait([this] {
        const std::lock_guard lock(state_->mutex);
        return state_->gathered.has_value();
    });
    const std::lock_guard lock(state_->mutex);
    return *std::exchange(state_->gathered, std::nullopt);
}

void RankLink::throwLost(const std::string& report) {
    const double limit = std::min(suspectSeconds, state_->place.timeoutSeconds);
    const auto until = LinkClock::now() + LinkSeconds(state_->place.timeoutSeconds + suspectSeconds);
    std::unique_lock lock(state_->mutex);
    std::string lost;
    while ((lost = state_->lost(limit)).empty() && LinkClock::now() < until)
        state_->changed.wait_for(lock, checkInterval);
    throw RankLostError(ErrorKind::Failure,
                        lost.empty() ? "the connection to another rank has ended: " + report : lost, {},
                        lostRemedy);
}

void RankLink::requestStop() noexcept {
    const std::lock_guard lock(state_->mutex);
    state_->stopRequested = true;
    state_->changed.notify_all();
}

void RankLink::fail(const std::string& message) noexcept {
    const std::lock_guard lock(state_->mutex);
    state_->failure = message;
    state_->changed.notify_all();
}

void RankLink::leave() {
    gather({});
}

} // namespace headroom
