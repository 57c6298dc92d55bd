// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/engine/run_summary.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace headroom {

/// Keeps the summaries of long journals in a file between starts of the program, because reading such a
/// journal takes seconds. One thread.
class SummaryCache {
public:
    /// A missing, damaged or unwritable file only costs time.
    /// @param file empty: nothing is kept
    explicit SummaryCache(std::filesystem::path file);

    /// The run. Continues from what earlier starts of the program read of its journal, if the journal still
    /// begins with it.
    RunSummarizer open(const std::filesystem::path& folder) const;

    /// Writes the file if at least `longJournal` bytes of the journal were read since the run was last
    /// stored.
    void keep(const std::filesystem::path& folder, const RunSummarizer& run);

    static constexpr std::uint64_t longJournal = std::uint64_t{1} << 20;

private:
    /// A journal up to a byte.
    struct Entry {
        JournalSummary journal;
        std::string end; ///< hash of the last bytes
    };

    void read();
    void write() const;

    std::filesystem::path file_;
    std::map<std::string, Entry> entries_; ///< by run folder
};

} // namespace headroom
