// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/random_stream.h"
#include "core/data/validation_split.h"
#include "tests/support/bad_files.h"
#include "tests/support/strict_main.h"

#include <algorithm>
#include <cmath>
#include <set>

using namespace headroom;
using headroom::test::errorOf;

namespace {

std::vector<Song> songs(int count, const std::string& prefix) {
    std::vector<Song> list;
    for (int i = 0; i < count; ++i) {
        list.emplace_back();
        list.back().name = prefix + std::to_string(i);
    }
    return list;
}

SongLibrary library(int train, int test) {
    return {.train = songs(train, "train"), .validation = {}, .test = songs(test, "test"), .notices = {}};
}

/// A library with the songs "valid0", ... in valid/.
SongLibrary libraryWithValid(int train, int valid) {
    SongLibrary result = library(train, 0);
    result.validation = songs(valid, "valid");
    for (Song& song : result.validation) {
        song.split = Split::Validation;
        song.folder = "root/valid/" + song.name;
    }
    return result;
}

std::set<std::string> names(const std::vector<Song>& list) {
    std::set<std::string> result;
    for (const Song& song : list)
        result.insert(song.name);
    return result;
}

std::string refusal(const SongLibrary& from, const ValidationSplit& validation) {
    return errorOf([&] { divideSongs(from, validation, 0); });
}

bool contains(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

} // namespace

class TestValidationSplit : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void splitsEverySongOnce() {
        for (std::uint64_t seed = 0; seed < 50; ++seed) {
            for (int count : {2, 3, 10, 57}) {
                for (double share : {0.001, 0.1, 0.5}) {
                    const DividedSongs divided = divideSongs(library(count, 5), share, seed);
                    const auto expected = std::max(1L, std::lround(share * count));
                    QCOMPARE(static_cast<long>(divided.validation.size()), expected);
                    auto all = names(divided.training);
                    all.merge(names(divided.validation));
                    QCOMPARE(all, names(songs(count, "train")));
                    QCOMPARE(divided.training.size() + divided.validation.size(),
                             static_cast<std::size_t>(count));
                }
            }
        }
    }

    void splitDependsOnSeedOnly() {
        std::set<std::set<std::string>> choices;
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const auto chosen = names(divideSongs(library(30, 0), 0.2, seed).validation);
            QCOMPARE(names(divideSongs(library(30, 9), 0.2, seed).validation), chosen);
            choices.insert(chosen);
        }
        QVERIFY(choices.size() > 15);
    }

    void usesListedSongs() {
        const DividedSongs divided =
            divideSongs(library(4, 2), std::vector<std::string>{"train2", "train0"}, 0);
        QCOMPARE(names(divided.validation), (std::set<std::string>{"train0", "train2"}));
        QCOMPARE(divideSongs(library(4, 2), std::vector<std::string>{}, 0).training.size(), 4U);
    }

    void findsMusdbValidationSongs() {
        SongLibrary musdb = library(86, 50);
        QVERIFY(contains(refusal(musdb, std::string("musdb18")), "none of the 14"));
        for (const std::string_view name : musdb18Validation) {
            musdb.train.emplace_back();
            musdb.train.back().name = name;
        }
        const DividedSongs divided = divideSongs(musdb, std::string("musdb18"), 0);
        QCOMPARE(divided.validation.size(), 14U);
        QCOMPARE(divided.training.size(), 86U);
        QVERIFY(divided.notices.empty());
        musdb.train.pop_back();
        QCOMPARE(divideSongs(musdb, std::string("musdb18"), 0).notices.size(), 1U);
    }

    void usesValidFolder() {
        const DividedSongs divided = divideSongs(libraryWithValid(5, 2), std::string("musdb18"), 0);
        QCOMPARE(names(divided.validation), (std::set<std::string>{"valid0", "valid1"}));
        QCOMPARE(divided.training.size(), 5U);
        QCOMPARE(divided.notices, std::vector<std::string>{"2 validation songs from valid/"});
    }

    /// Songs that were copied to valid/ instead of moved must not be trained on.
    void skipsTrainingCopiesOfValidationSongs() {
        SongLibrary copied = libraryWithValid(5, 2);
        copied.validation[1].name = "train3";
        const DividedSongs divided = divideSongs(copied, std::string("musdb18"), 0);
        QCOMPARE(names(divided.training), (std::set<std::string>{"train0", "train1", "train2", "train4"}));
        QCOMPARE(divided.validation.size(), 2U);
        for (const Song& song : divided.validation)
            QVERIFY(song.split == Split::Validation);
        QVERIFY(contains(divided.notices.at(1), "also in valid/: 1"));
    }

    /// The explicit option takes precedence, and a notice reports the unused songs.
    void fractionIgnoresValidFolder() {
        const DividedSongs divided = divideSongs(libraryWithValid(10, 2), 0.2, 3);
        QCOMPARE(names(divided.validation), names(divideSongs(library(10, 0), 0.2, 3).validation));
        QCOMPARE(divided.notices.size(), 1U);
        QVERIFY(contains(divided.notices[0], "unused songs of valid/: 2"));
    }

    void acceptsNamesFromBothFolders() {
        const DividedSongs divided =
            divideSongs(libraryWithValid(4, 3), std::vector<std::string>{"train2", "valid1"}, 0);
        QCOMPARE(names(divided.validation), (std::set<std::string>{"train2", "valid1"}));
        QCOMPARE(divided.training.size(), 3U);
        QCOMPARE(divided.notices.size(), 2U);
        QVERIFY(contains(divided.notices[1], "unused songs of valid/: 2"));
    }

    /// They have no mixture.
    void incompleteSongsAreNotValidatedOn() {
        SongLibrary mixed = library(4, 0);
        for (const std::size_t i : {0, 1, 3})
            mixed.train[i].isComplete = false;
        QCOMPARE(names(divideSongs(mixed, 0.2, 5).validation), std::set<std::string>{"train2"});
        QVERIFY(contains(refusal(mixed, std::vector<std::string>{"train1"}), "'train1' lacks stems"));
        mixed.train[2].isComplete = false;
        QVERIFY(contains(refusal(mixed, 0.2), "no training song has all of data.stems"));
        QCOMPARE(divideSongs(mixed, std::vector<std::string>(), 0).training.size(), 4U);
    }

    void refusesInvalidSplits() {
        using List = std::vector<std::string>;
        QVERIFY(contains(refusal(library(4, 2), List{"nobody"}), "'nobody'"));
        QVERIFY(contains(refusal(library(4, 2), List{"test1"}), "test split"));
        QVERIFY(contains(refusal(library(2, 2), List{"train0", "train1"}), "all 2"));
        QVERIFY(contains(refusal(library(1, 2), 0.1), "all 1"));
        QVERIFY(contains(refusal(library(0, 2), 0.1), "no training songs"));
        QVERIFY(contains(refusal(library(4, 2), 1.0), "fraction"));
        QVERIFY(contains(refusal(library(4, 2), std::string("musdb")), "musdb18"));
    }

    void randomNumbersMatchReference() {
        // First output of Vigna's reference program for state 0.
        QCOMPARE(RandomStream(0).next(), 0xE220A8397B1DCDAFU);
        RandomStream random(1, 2, 3);
        double sum = 0;
        for (int i = 0; i < 10000; ++i)
            sum += random.uniform();
        QVERIFY(std::abs(sum / 10000 - 0.5) < 0.02);
        std::set<std::uint64_t> firsts;
        for (std::uint64_t a = 0; a < 100; ++a) {
            for (std::uint64_t b = 0; b < 100; ++b)
                firsts.insert(RandomStream(0, a, b).next());
        }
        QCOMPARE(firsts.size(), 10000U);
    }
};

HEADROOM_TEST_MAIN(TestValidationSplit)
#include "tst_validation_split.moc"
