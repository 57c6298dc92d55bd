#pragma once

#include "core/config/run_config.h"
#include "core/values/event_json.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace headroom {

/// How a run in a folder stands.
enum class RunStanding {
    NotBegun, ///< it has a configuration, but nothing was said yet
    Running,  ///< a program is writing it right now
    Finished,
    Stopped,
    Failed,
    Interrupted, ///< it ended without a word: killed, or a power cut
};

/// A run, by its files alone, whichever program made them.
struct RunSummary {
    std::string folder = {};
    std::string problem = {};             ///< why it could not be read; empty: it was
    std::optional<RunConfig> config = {}; ///< as it was last going
    RunStanding standing = RunStanding::NotBegun;
    std::optional<EventTime> begun = {}; ///< when it was first started
    std::string begunBy = {};            ///< as TrainingRequest::startedBy; empty: it was not noted
    std::string device = {};             ///< "cuda:0"
    std::string version = {};            ///< of the program that last wrote it
    std::string failure = {};            ///< the message of its last failure
    std::int64_t step = 0;
    std::int64_t totalSteps = 0;
    int epoch = 0;                   ///< of the last step
    std::optional<double> cSdr = {}; ///< of its best validation, dB: the mean over the targets
    std::optional<double> uSdr = {}; ///< of the same validation
    std::int64_t peakReserved = 0;   ///< bytes, highest of all steps
    double stepsPerSecond = 0;       ///< mean over its last steps; 0 where it did none

    bool operator==(const RunSummary&) const = default;
};

struct RunList {
    std::uint64_t number = 0;
    std::vector<RunSummary> runs = {}; ///< the newest first
    bool complete = true;              ///< false: others are still being read, and another answer follows
};

/// A piece of what a run has said.
struct RunPiece {
    std::uint64_t number = 0;
    std::vector<TimedEvent> events = {};
    std::uint64_t end = 0;    ///< bytes of the journal read so far: where the next reading begins
    std::uint64_t size = 0;   ///< bytes of the journal when the reading began
    bool fromStart = false;   ///< the first piece: what was read of the run before does not hold any more
    bool last = false;        ///< of this reading; only the last has what follows
    std::string problem = {}; ///< why the rest could not be read; empty: it was
    std::string writer = {};  ///< the program that writes the run now: "process 14328 on workshop"; or empty
    std::optional<std::int64_t> checkpoint = {}; ///< step of the newest checkpoint
};

/// Reads run folders in the background; it never writes. Calls return at once, from any thread; answers come
/// on the worker's thread, each with the number of its request. Destruction joins; no answer comes after it.
class RunStore {
public:
    virtual ~RunStore() = default;

    /// The runs among these folders and the folders in them. Long journals take seconds the first time: the
    /// answer comes several times then, the last one complete.
    virtual void list(std::uint64_t number, std::vector<std::string> folders,
                      std::function<void(const RunList&)> answer) = 0;

    /// What a run has said since the `from`-th byte of its journal, in order and in pieces. A torn last line
    /// is left out. A journal shorter than `from` is another one, and is read from its start.
    /// @param from 0, or `end` of an earlier piece
    virtual void read(std::uint64_t number, const std::string& folder, std::uint64_t from,
                      std::function<void(const RunPiece&)> answer) = 0;

    /// Ends the reading and listing of this number; a piece may still come.
    virtual void cancel(std::uint64_t number) = 0;
};

} // namespace headroom
