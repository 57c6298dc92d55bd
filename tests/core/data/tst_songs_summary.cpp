// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/songs_summary.h"
#include "tests/support/strict_main.h"

#include <functional>

using namespace headroom;

namespace {

std::vector<Song> songs(const std::string& folder) {
    Song one;
    one.name = "one";
    one.folder = folder + "/one";
    one.stems = {{.stem = "drums", .files = {SongFile{}}}, {.stem = "vocals", .files = {SongFile{}}}};
    one.frames = 1000;
    Song two = one;
    two.name = "two";
    two.frames = 2000;
    return {one, two};
}

} // namespace

class TestSongsSummary : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void doesNotDependOnFolders() {
        const std::string summary = songsSummary(songs("/here"));
        QVERIFY2(summary.starts_with("2 songs ("), summary.c_str());
        QCOMPARE(summary, songsSummary(songs("/there")));
        QVERIFY(songsSummary({}).starts_with("0 songs ("));
    }

    /// Whatever changes the examples that are drawn.
    void dependsOnTheSongs() {
        const std::vector<std::function<void(std::vector<Song>&)>> changes = {
            [](auto& list) { list[0].name = "other"; },
            [](auto& list) { list[1].frames += 1; },
            [](auto& list) { list[0].stems[1].stem = "bass"; },
            [](auto& list) { list[0].stems[0].files.emplace_back(); },
            [](auto& list) { list[1].isComplete = false; },
            [](auto& list) { list[1].mixture.emplace(); },
            [](auto& list) { std::swap(list[0], list[1]); },
            [](auto& list) { list.pop_back(); },
        };
        const std::string before = songsSummary(songs("/here"));
        for (const auto& change : changes) {
            std::vector<Song> changed = songs("/here");
            change(changed);
            QVERIFY(songsSummary(changed) != before);
        }
    }
};

HEADROOM_TEST_MAIN(TestSongsSummary)
#include "tst_songs_summary.moc"
