// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/audio/audio_file.h"
#include "core/data/song_library.h"
#include "tests/support/bad_files.h"
#include "tests/support/test_signals.h"
#include "tests/support/tiny_dataset.h"

#include <QStringList>
#include <QTest>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace headroom::test {

/// Opens a data set that a test has prepared.
class LibraryFixture {
protected:
    void reset() { data_ = std::make_unique<TinyDataset>(); }

    SongLibrary open(FileErrorPolicy policy = FileErrorPolicy::Fail) const {
        return openLibrary(dataConfig(data_->root(), policy), format_);
    }
    SongLibrary openStems(const std::vector<std::string>& stems,
                          const std::vector<std::string>& exclude = {}) const {
        DataConfig data = dataConfig(data_->root());
        data.stems = stems;
        data.exclude = exclude;
        return openLibrary(data, format_);
    }
    static QStringList names(const std::vector<Song>& songs) {
        QStringList list;
        for (const Song& song : songs)
            list << QString::fromStdString(song.name);
        return list;
    }
    /// Writes noise to a new WAV file. @param file path in the data set without ".wav"
    void writeStem(const std::string& file) const {
        const std::filesystem::path path = data_->root() / (file + ".wav");
        std::filesystem::create_directories(path.parent_path());
        static std::uint64_t seed = 0;
        writeAudio(path, noise(2, 6000, ++seed, 0.2F), AudioSpec());
    }
    static void writeText(const std::filesystem::path& file, const std::string& text) {
        std::ofstream(file, std::ios::binary) << text;
    }
    /// Expects an error that contains both texts.
    void expectRefused(const std::string& what, const std::string& where) const {
        const std::string message = errorOf([&] { open(); });
        QVERIFY2(message.find(what) != std::string::npos, message.c_str());
        QVERIFY2(message.find(where) != std::string::npos, message.c_str());
    }
    /// Expects that the song "bad" is refused, and that FileErrorPolicy::Skip skips only this song.
    void expectRefusedOrSkipped(const std::string& what) const {
        data_->add("train/good");
        expectRefused(what, "bad");
        const SongLibrary library = open(FileErrorPolicy::Skip);
        QCOMPARE(names(library.train), QStringList{"good"});
        QCOMPARE(library.notices.size(), 1U);
        QVERIFY2(library.notices[0].find(what) != std::string::npos, library.notices[0].c_str());
        QVERIFY(library.notices[0].find("'bad'") != std::string::npos);
    }

    const AudioFormat format_ = {};
    std::unique_ptr<TinyDataset> data_;
};

} // namespace headroom::test
