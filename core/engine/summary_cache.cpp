// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/summary_cache.h"

#include "core/session/run_paths.h"
#include "core/support/atomic_file.h"
#include "core/support/error.h"
#include "core/support/log.h"
#include "core/weights/content_hash.h"
#include "core/weights/input_file.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <system_error>
#include <utility>
#include <vector>

namespace headroom {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// Summaries of other versions are ignored.
constexpr int cacheVersion = 1;

/// The hash of the last bytes before this place in a journal. They contain times, so that it differs from
/// that of any other journal. Throws Error.
std::string hashBefore(const fs::path& journal, std::uint64_t place) {
    constexpr std::uint64_t most = 4096;
    std::vector<char> bytes(std::min(most, place));
    InputFile file(journal.string());
    if (place > file.size())
        throw Error(ErrorKind::Input, "the journal is shorter than before", journal.string());
    file.skip(place - bytes.size());
    file.read(bytes.data(), bytes.size());
    ContentHash hash;
    hash.add(bytes.data(), bytes.size());
    return hash.value();
}

} // namespace

SummaryCache::SummaryCache(fs::path file) : file_(std::move(file)) {
    if (!file_.empty())
        read();
}

RunSummarizer SummaryCache::open(const fs::path& folder) const {
    RunSummarizer run(folder);
    const auto entry = entries_.find(folder.string());
    if (entry == entries_.end())
        return run;
    const Entry& known = entry->second;
    try {
        if (hashBefore(RunPaths{folder}.journal(), known.journal.bytes) == known.end)
            run.restore(known.journal);
    } catch (const Error&) {
        return run; // reading the journal reports it
    }
    return run;
}

void SummaryCache::keep(const fs::path& folder, const RunSummarizer& run) {
    const std::uint64_t bytes = run.journal().bytes;
    const auto entry = entries_.find(folder.string());
    const std::uint64_t kept = entry == entries_.end() ? 0 : entry->second.journal.bytes;
    if (file_.empty() || bytes < longJournal || (kept <= bytes && bytes - kept < longJournal))
        return;
    try {
        entries_[folder.string()] = {run.journal(), hashBefore(RunPaths{folder}.journal(), bytes)};
        write();
    } catch (const std::exception& error) {
        log(LogCategory::Program, LogLevel::Info, error.what());
    }
}

void SummaryCache::read() {
    try {
        std::ifstream file(file_);
        if (!file)
            return;
        const Json all = Json::parse(file);
        if (all.at("version") != cacheVersion)
            return;
        for (const auto& [folder, entry] : all.at("runs").items())
            entries_[folder] = {journalSummaryFrom(entry.at("journal")), entry.at("end").get<std::string>()};
    } catch (const Json::exception& error) {
        log(LogCategory::Program, LogLevel::Info, error.what());
        entries_.clear();
    }
}

void SummaryCache::write() const {
    Json runs = Json::object();
    for (const auto& [folder, entry] : entries_) {
        std::error_code error;
        if (fs::exists(folder, error))
            runs[folder] = {{"end", entry.end}, {"journal", toObject(entry.journal)}};
    }
    fs::create_directories(file_.parent_path());
    writeFileAtomically(file_, Json{{"version", cacheVersion}, {"runs", runs}}.dump(
                                   1, ' ', false, Json::error_handler_t::replace) +
                                   "\n");
}

} // namespace headroom
