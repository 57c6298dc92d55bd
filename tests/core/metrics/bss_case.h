// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_buffer.h"

#include <QByteArray>
#include <nlohmann/json.hpp>
#include <sndfile.h>

#include <filesystem>
#include <fstream>
#include <limits>
#include <stdexcept>
#include <vector>

namespace headroom::test {

/// A golden case of museval's scores. Audio is read with plain libsndfile, independent of AudioReader.
struct BssCase {
    nlohmann::json stored;
    std::vector<AudioBuffer> truths;
    std::vector<AudioBuffer> estimates;

    std::int64_t window() const { return stored["config"]["window"]; }
    std::int64_t hop() const { return stored["config"]["hop"]; }
};

inline AudioBuffer readWhole(const std::filesystem::path& path) {
    SF_INFO info{};
    SNDFILE* file = sf_open(path.c_str(), SFM_READ, &info);
    if (file == nullptr)
        throw std::runtime_error("cannot read " + path.string());
    std::vector<float> interleaved(static_cast<std::size_t>(info.frames * info.channels));
    sf_readf_float(file, interleaved.data(), info.frames);
    sf_close(file);
    AudioBuffer audio(info.channels, info.frames);
    for (int c = 0; c < info.channels; ++c) {
        for (std::int64_t i = 0; i < info.frames; ++i)
            audio.channel(c)[i] = interleaved[i * info.channels + c];
    }
    return audio;
}

inline BssCase loadBssCase(const std::filesystem::path& json) {
    std::ifstream file(json);
    BssCase result{nlohmann::json::parse(file), {}, {}};
    for (const std::string name : result.stored["files"]["refs"])
        result.truths.push_back(readWhole(json.parent_path() / name));
    for (const std::string name : result.stored["files"]["ests"])
        result.estimates.push_back(readWhole(json.parent_path() / name));
    return result;
}

/// The cases store NaN as null and infinity as "inf".
inline double storedScore(const nlohmann::json& value) {
    if (value.is_null())
        return std::numeric_limits<double>::quiet_NaN();
    return value.is_string() ? std::numeric_limits<double>::infinity() : value.get<double>();
}

} // namespace headroom::test
