// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/full_scores.h"

#include "core/support/atomic_file.h"
#include "core/support/system_error.h"
#include "core/support/version.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <system_error>

namespace headroom {
namespace {

AudioBuffer without(AudioBuffer audio, const std::vector<AudioBuffer>& parts) {
    for (const AudioBuffer& part : parts) {
        for (std::size_t i = 0; i < audio.samples().size(); ++i)
            audio.samples()[i] -= part.samples()[i];
    }
    return audio;
}

/// The sum of the song's other stems; without frames if there are none.
AudioBuffer sumOfOthers(const Song& song, const AudioFormat& format, const std::vector<std::string>& stems) {
    AudioBuffer sum;
    for (const SongStem& file : song.stems) {
        if (std::ranges::find(stems, file.stem) != stems.end())
            continue;
        const AudioBuffer other = readFiniteStem(song, file.stem, format);
        if (sum.frames() == 0)
            sum = AudioBuffer(other.channels(), other.frames());
        for (std::size_t i = 0; i < sum.samples().size(); ++i)
            sum.samples()[i] += other.samples()[i];
    }
    return sum;
}

struct MusevalMetric {
    const char* name;
    std::vector<double> BssScores::*scores;
};
constexpr std::array<MusevalMetric, 4> musevalMetrics = {
    {{"SDR", &BssScores::sdr}, {"SIR", &BssScores::sir}, {"SAR", &BssScores::sar}, {"ISR", &BssScores::isr}}};

/// Rounds to five decimals, as museval does.
double rounded(double score) {
    return std::round(score * 1e5) / 1e5;
}

/// Omits values that are not finite, which JSON cannot represent.
nlohmann::ordered_json metricsOf(const BssScores& scores, std::size_t window) {
    nlohmann::ordered_json metrics = nlohmann::ordered_json::object();
    for (const MusevalMetric& metric : musevalMetrics) {
        if (const double score = (scores.*metric.scores)[window]; std::isfinite(score))
            metrics[metric.name] = rounded(score);
    }
    return metrics;
}

/// A cell of a CSV file.
std::string csvCell(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (const char character : text)
        quoted += character == '"' ? "\"\"" : std::string(1, character);
    return quoted + '"';
}

} // namespace

SongBss fullScores(const Song& song, const AudioFormat& format, const AudioBuffer& mixture,
                   const std::vector<std::string>& stems, std::vector<AudioBuffer> truths,
                   std::vector<AudioBuffer> estimates) {
    SongBss bss{stems, {}};
    const bool hasOthers = song.stems.size() > stems.size();
    if (hasOthers || song.mixture) {
        bss.sources.emplace_back(stems.size() == 1 ? "accompaniment" : "rest");
        AudioBuffer others = hasOthers ? sumOfOthers(song, format, stems) : without(mixture, truths);
        truths.push_back(std::move(others));
        estimates.push_back(without(mixture, estimates));
    }
    bss.scores = bssEval(truths, estimates, format.sampleRate, format.sampleRate);
    return bss;
}

void writeMuseval(const std::filesystem::path& folder, const std::string& song, const SongBss& bss) {
    nlohmann::ordered_json targets = nlohmann::ordered_json::array();
    for (std::size_t source = 0; source < bss.sources.size(); ++source) {
        nlohmann::ordered_json frames = nlohmann::ordered_json::array();
        for (std::size_t window = 0; window < bss.scores[source].sdr.size(); ++window)
            frames.push_back({{"time", static_cast<double>(window)},
                              {"duration", 1.0},
                              {"metrics", metricsOf(bss.scores[source], window)}});
        targets.push_back({{"name", bss.sources[source]}, {"frames", frames}});
    }
    const nlohmann::ordered_json all = {{"targets", targets},
                                        {"museval_version", std::string("headroom ") + version()}};
    std::error_code code;
    std::filesystem::create_directories(folder, code);
    if (code)
        throw systemError("cannot create the folder", folder, code.value());
    writeFileAtomically(folder / (song + ".json"),
                        all.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
}

void MusevalTable::add(const std::string& song, const SongBss& bss) {
    for (const MusevalMetric& metric : musevalMetrics) {
        for (std::size_t source = 0; source < bss.sources.size(); ++source) {
            const std::vector<double>& scores = bss.scores[source].*metric.scores;
            for (std::size_t window = 0; window < scores.size(); ++window)
                rows_ +=
                    fmt::format("{}.0,{},{},{},{}\n", window, csvCell(bss.sources[source]), metric.name,
                                std::isfinite(scores[window]) ? fmt::format("{}", rounded(scores[window]))
                                                              : std::string(),
                                csvCell(song));
        }
    }
}

void MusevalTable::write(const std::filesystem::path& path) const {
    writeFileAtomically(path, "time,target,metric,score,track\n" + rows_);
}

} // namespace headroom
