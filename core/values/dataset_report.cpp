// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/values/dataset_report.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace headroom {
namespace {

using Json = nlohmann::ordered_json;

Json jsonOf(const FileReport& file) {
    Json json = {{"stem", file.stem}, {"path", file.path}};
    if (!file.track.empty())
        json["track"] = file.track;
    if (!file.unreadable.empty()) {
        json["unreadable"] = file.unreadable;
        return json;
    }
    json["rate"] = file.sampleRate;
    json["channels"] = file.channels;
    json["frames"] = file.frames;
    json["encoding"] = file.encoding;
    json["peak"] = file.peak;
    json["clipped"] = file.clippedSamples;
    json["bad"] = file.badSamples;
    json["silence"] = file.silence;
    json["dc"] = file.dcOffset;
    json["mono_as_stereo"] = file.monoAsStereo;
    json["hash"] = fmt::format("{:016x}", file.hash);
    if (!file.notice.empty())
        json["notice"] = file.notice;
    return json;
}

Json jsonOf(const SongReport& song) {
    Json json = {{"name", song.name}, {"split", song.split}, {"seconds", song.seconds()}};
    json["residual_db"] = song.residual ? Json(*song.residual) : Json(nullptr);
    json["sums"] = Json::array();
    for (const SumReport& sum : song.sums) {
        json["sums"].push_back({{"stem", sum.stem},
                                {"parts", sum.parts},
                                {"whole", sum.isWhole},
                                {"residual_db", sum.residual}});
    }
    json["unread"] = Json::array();
    for (const UnreadFile& file : song.unread)
        json["unread"].push_back(file.name);
    json["files"] = Json::array();
    for (const FileReport& file : song.files)
        json["files"].push_back(jsonOf(file));
    return json;
}

} // namespace

double SongReport::seconds() const {
    double longest = 0;
    for (const FileReport& file : files)
        longest = std::max(longest, file.seconds());
    return longest;
}

std::int64_t DatasetReport::count(Severity severity) const {
    return std::ranges::count(problems, severity, &DatasetProblem::severity);
}

double DatasetReport::seconds() const {
    double sum = 0;
    for (const SongReport& song : songs)
        sum += song.seconds();
    return sum;
}

std::string severityName(Severity severity) {
    switch (severity) {
    case Severity::Note:
        return "note";
    case Severity::Warning:
        return "warning";
    case Severity::Error:
        break;
    }
    return "error";
}

std::string layoutText(DatasetLayout layout) {
    switch (layout) {
    case DatasetLayout::SongFolders:
        return "a folder per song (MUSDB18, MSST type 1)";
    case DatasetLayout::ArtistFolders:
        return "a folder per artist, with a folder per song";
    case DatasetLayout::StemFolders:
        return "a folder per stem (MSST type 2)";
    case DatasetLayout::StemTable:
        return "a table of files (MSST type 3)";
    case DatasetLayout::TrackFolders:
        return "a folder of tracks per stem";
    case DatasetLayout::MoisesDb:
        break;
    }
    return "MoisesDB: stems are sums of tracks";
}

std::string toJson(const DatasetReport& report) {
    Json json = {{"root", report.root},
                 {"layouts", Json::array()},
                 {"songs", Json::array()},
                 {"problems", Json::array()}};
    for (const DatasetLayout layout : report.layouts)
        json["layouts"].push_back(layoutText(layout));
    for (const SongReport& song : report.songs)
        json["songs"].push_back(jsonOf(song));
    for (const DatasetProblem& problem : report.problems) {
        json["problems"].push_back({{"severity", severityName(problem.severity)},
                                    {"kind", problem.kind},
                                    {"songs", problem.songs},
                                    {"text", problem.text}});
    }
    json["summary"] = {{"songs", report.songs.size()},
                       {"seconds", report.seconds()},
                       {"errors", report.count(Severity::Error)},
                       {"warnings", report.count(Severity::Warning)},
                       {"notes", report.count(Severity::Note)}};
    // File names may be invalid UTF-8, JSON must not.
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace headroom
