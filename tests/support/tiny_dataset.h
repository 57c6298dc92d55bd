// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_writer.h"
#include "core/config/run_config.h"

#include <QTemporaryDir>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace headroom::test {

/// Format of a song in a TinyDataset.
struct TinySong {
    std::vector<std::string> stems = {"bass", "drums", "other", "vocals"};
    bool withMixture = false; ///< the sum of the stems
    std::int64_t frames = 44100;
    AudioSpec spec = {}; ///< sample rate, channels and format; its frames are not used
};

/// A data set in a temporary folder that is removed with the object. Every stem is seeded noise, different in
/// each song and stem.
class TinyDataset {
public:
    std::filesystem::path root() const { return folder_.path().toStdString(); }

    /// Writes root/<folder>/<stem>.wav|flac; `folder` such as "train/a song".
    void add(const std::string& folder, const TinySong& song = {});
    /// root/<folder>/<stem>.wav or .flac, whichever exists.
    std::filesystem::path file(const std::string& folder, const std::string& stem) const;

private:
    QTemporaryDir folder_;
    std::uint64_t seed_ = 0;
};

/// The default configuration of a data set.
inline DataConfig dataConfig(const std::filesystem::path& root,
                             FileErrorPolicy policy = FileErrorPolicy::Fail) {
    DataConfig data;
    data.root = root.string();
    data.fileErrors = policy;
    return data;
}

} // namespace headroom::test
