#pragma once

#include "core/values/dataset_report.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <variant>

namespace headroom {

/// Songs examined or composed so far, of how many.
struct DatasetProgress {
    std::uint64_t number = 0;
    std::size_t done = 0;
    std::size_t total = 0;
};

struct DatasetInspected {
    std::uint64_t number = 0;
    DatasetReport report = {};
};

/// There is no data set, or it cannot be read.
struct DatasetRefused {
    std::uint64_t number = 0;
    std::string message = {};
};

/// The demo songs are there.
struct DemoSongsComposed {
    std::uint64_t number = 0;
    std::string folder = {};
};

using DatasetEvent = std::variant<DatasetProgress, DatasetInspected, DemoSongsComposed, DatasetRefused>;

/// Examines data sets, and composes one, in the background. Calls return at once, from any thread; what is
/// said comes on threads of the service, one event at a time, each with the number of its request.
/// Destruction joins; nothing is said after it.
class DatasetService {
public:
    virtual ~DatasetService() = default;

    /// Reads every sound file of the data set. Ends with DatasetInspected or DatasetRefused, or without a
    /// word when cancelled. Changes nothing.
    virtual void inspect(std::uint64_t number, const std::string& root,
                         std::function<void(const DatasetEvent&)> sink) = 0;

    /// Makes the demo songs a data set in this folder, which is new or empty, or has them already: then they
    /// stay as they are. Ends with DemoSongsComposed or DatasetRefused, or without a word when cancelled,
    /// which leaves nothing of them.
    virtual void composeDemoSongs(std::uint64_t number, const std::string& folder,
                                  std::function<void(const DatasetEvent&)> sink) = 0;

    virtual void cancel(std::uint64_t number) = 0;
};

} // namespace headroom
