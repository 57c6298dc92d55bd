// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/dataset_report.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace headroom {

/// Songs inspected or composed so far, and their total.
struct DatasetProgress {
    std::uint64_t number = 0;
    std::size_t done = 0;
    std::size_t total = 0;
};

struct DatasetInspected {
    std::uint64_t number = 0;
    DatasetReport report = {};
};

/// The data set is missing or cannot be read.
struct DatasetRefused {
    std::uint64_t number = 0;
    std::string message = {};
};

/// The demo songs have been written.
struct DemoSongsComposed {
    std::uint64_t number = 0;
    std::string folder = {};
};

using DatasetEvent = std::variant<DatasetProgress, DatasetInspected, DemoSongsComposed, DatasetRefused>;

/// Inspects data sets and composes the demo data set in the background. Thread-safe; calls return
/// immediately. Events arrive on threads of the service, one at a time, with the number of their request. The
/// destructor joins; no event arrives after it.
class DatasetService {
public:
    virtual ~DatasetService() = default;

    /// Reads every audio file of the data set and modifies nothing. Ends with DatasetInspected or
    /// DatasetRefused, or without an event if canceled.
    /// @param stems as data.stems: the stems that add up to the mixture; empty: all files
    virtual void inspect(std::uint64_t number, const std::string& root, const std::vector<std::string>& stems,
                         std::function<void(const DatasetEvent&)> sink) = 0;

    /// Writes the demo songs as a data set to this folder, which must be missing, empty, or contain them
    /// already, in which case they are kept. Ends with DemoSongsComposed or DatasetRefused. If canceled,
    /// removes them and ends without an event.
    virtual void composeDemoSongs(std::uint64_t number, const std::string& folder,
                                  std::function<void(const DatasetEvent&)> sink) = 0;

    virtual void cancel(std::uint64_t number) = 0;
};

} // namespace headroom
