// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/core/train/tiny_run.h"
#include "tests/core/train/training_runner.h"
#include "tests/support/bad_files.h"

#include <QTemporaryDir>

#include <filesystem>
#include <optional>
#include <string>

namespace headroom::test {

inline bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

/// A tiny data set and configuration, and a new run folder for each test.
struct TrainerFixture {
    void reset() {
        temporary_.emplace();
        folder_ = std::filesystem::path(temporary_->path().toStdString()) / "run";
        config_ = run_.config();
    }

    TinyRun run_;
    std::optional<QTemporaryDir> temporary_;
    std::filesystem::path folder_; ///< does not exist yet
    RunConfig config_;
};

} // namespace headroom::test
