// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/sampler.h"
#include "tests/core/data/unopened_song.h"
#include "tests/support/bad_files.h"
#include "tests/support/strict_main.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>

using namespace headroom;
using headroom::test::errorOf;
using headroom::test::song;

namespace {

std::vector<Song> threeSongs() {
    return {song("a", 1000, {"bass", "vocals"}), song("b", 5000, {"bass", "flute", "vocals"}),
            song("c", 90, {"bass", "vocals"})};
}

using Drawn = std::vector<std::tuple<std::string, std::string, std::int64_t, float, double, bool>>;
Drawn drawn(const Sampler& sampler, std::int64_t example, int attempt = 0) {
    Drawn result;
    for (const StemPlan& stem : sampler.plan(example, attempt, 100).stems)
        result.emplace_back(stem.song->name, stem.stem, stem.first, stem.gain, stem.semitones,
                            stem.isSwapped);
    return result;
}

} // namespace

class TestSampler : public QObject {
    Q_OBJECT

    DataConfig data_;
    static constexpr int draws = 3000;

private Q_SLOTS:
    void init() { data_ = DataConfig(); }

    void planDependsOnSeedAndNumberOnly() {
        const Sampler one(threeSongs(), data_, 44100, 5);
        const Sampler two(threeSongs(), data_, 44100, 5);
        const Sampler other(threeSongs(), data_, 44100, 6);
        int differences = 0;
        for (int k = 99; k >= 0; --k) {
            QVERIFY(drawn(one, k) == drawn(two, k));
            differences += drawn(one, k) != drawn(other, k) ? 1 : 0;
            differences += drawn(one, k) != drawn(one, k + 1) ? 1 : 0;
            differences += drawn(one, k) != drawn(one, k, 1) ? 1 : 0;
        }
        QCOMPARE(differences, 300);
    }

    /// Runs of earlier versions must resume with the same draws. The values were computed by another program.
    void defaultDrawsAreStable() {
        const Sampler sampler(threeSongs(), data_, 44100, 5);
        const auto expect = [&](std::int64_t example, std::size_t stem, const char* name, std::int64_t first,
                                double gain) {
            const StemPlan plan = sampler.plan(example, 0, 100).stems.at(stem);
            QCOMPARE(plan.song->name, std::string(name));
            QCOMPARE(plan.first, first);
            QVERIFY(std::abs(plan.gain - gain) < 1e-6);
            QVERIFY(!plan.isDropped);
        };
        expect(0, 0, "c", 0, 1.012271);
        expect(0, 1, "c", 0, 0.931324);
        expect(3, 0, "b", 420, 1.421168);
        expect(3, 1, "c", 0, 0.973289);
    }

    void plansAreReadable() {
        const Sampler sampler(threeSongs(), data_, 44100, 1);
        std::map<std::string, int> songs;
        for (int k = 0; k < draws; ++k) {
            for (const StemPlan& stem : sampler.plan(k, 0, 100).stems) {
                QVERIFY(stem.song->find(stem.stem) != nullptr);
                QVERIFY(stem.first >= 0);
                QVERIFY(stem.first <= std::max<std::int64_t>(0, stem.song->frames - 100));
                QVERIFY(stem.gain >= 0.5F && stem.gain <= 1.5F);
                ++songs[stem.song->name];
            }
        }
        for (const auto& [name, count] : songs)
            QVERIFY2(count > draws / 2, name.c_str());
    }

    void offsetsCoverEntireSong() {
        const Sampler sampler({song("a", 110, {"vocals"})}, data_, 44100, 1);
        std::map<std::int64_t, int> firsts;
        for (int k = 0; k < draws; ++k)
            ++firsts[sampler.plan(k, 0, 100).stems[0].first];
        QCOMPARE(firsts.size(), 11U);
        QCOMPARE(firsts.begin()->first, 0);
        QCOMPARE(firsts.rbegin()->first, 10);
    }

    void mixesWithGivenProbability_data() {
        QTest::addColumn<double>("probability");
        for (double probability : {0.0, 0.3, 1.0})
            QTest::addRow("%.1f", probability) << probability;
    }
    void mixesWithGivenProbability() {
        QFETCH(double, probability);
        data_.randomMixProbability = probability;
        std::vector<Song> songs;
        songs.reserve(200);
        for (int i = 0; i < 200; ++i)
            songs.push_back(song(std::to_string(i), 100000, {"bass", "vocals"}));
        const Sampler sampler(songs, data_, 44100, 1);
        int aligned = 0;
        for (int k = 0; k < draws; ++k) {
            const auto stems = sampler.plan(k, 0, 100).stems;
            const bool sameSong = stems[0].song == stems[1].song;
            aligned += sameSong && stems[0].first == stems[1].first ? 1 : 0;
        }
        QVERIFY(std::abs(static_cast<double>(aligned) / draws - (1 - probability)) < 0.03);
    }

    void drawsStemsFromSongsThatHaveThem() {
        data_.randomMixProbability = 1;
        const Sampler sampler(threeSongs(), data_, 44100, 1);
        int flutes = 0;
        for (int k = 0; k < draws; ++k) {
            for (const StemPlan& stem : sampler.plan(k, 0, 100).stems) {
                if (stem.stem != "flute")
                    continue;
                QCOMPARE(stem.song->name, std::string("b"));
                ++flutes;
            }
        }
        QVERIFY(std::abs(static_cast<double>(flutes) / draws - 1.0 / 3) < 0.03);
    }

    void keepsSilenceWithGivenProbability() {
        data_.silentChunkProbability = 0.25;
        const Sampler sampler(threeSongs(), data_, 44100, 1);
        int kept = 0;
        for (int k = 0; k < draws; ++k)
            kept += sampler.plan(k, 0, 100).keepIfSilent ? 1 : 0;
        QVERIFY(std::abs(static_cast<double>(kept) / draws - 0.25) < 0.03);
    }

    void segmentLengthDoesNotAffectDraws() {
        const Sampler sampler(threeSongs(), data_, 44100, 1);
        for (int k = 0; k < 100; ++k) {
            const auto shortStems = sampler.plan(k, 0, 10).stems;
            const auto longStems = sampler.plan(k, 0, 80).stems;
            for (std::size_t i = 0; i < shortStems.size(); ++i) {
                QCOMPARE(shortStems[i].song, longStems[i].song);
                QCOMPARE(shortStems[i].gain, longStems[i].gain);
            }
        }
    }

    void defaultsDoNotAugment() {
        const Sampler sampler(threeSongs(), data_, 44100, 1);
        for (int k = 0; k < 100; ++k) {
            for (const StemPlan& stem : sampler.plan(k, 0, 100).stems)
                QVERIFY(stem.semitones == 0 && !stem.isSwapped);
        }
    }

    void pitchAndSwapCoverTheirRange() {
        data_.pitchShift = 4;
        data_.channelSwapProbability = 0.25;
        const Sampler sampler(threeSongs(), data_, 44100, 1);
        int swapped = 0;
        std::map<double, int> semitones;
        for (int k = 0; k < draws; ++k) {
            const StemPlan stem = sampler.plan(k, 0, 100).stems[0];
            ++semitones[stem.semitones];
            swapped += stem.isSwapped ? 1 : 0;
        }
        QVERIFY(std::abs(static_cast<double>(swapped) / draws - 0.25) < 0.03);
        QCOMPARE(semitones.size(), 9U);
        for (int shift = -4; shift <= 4; ++shift)
            QVERIFY(std::abs(static_cast<double>(semitones[shift]) / draws - 1.0 / 9) < 0.03);
    }

    void augmentsAlignedStemsEqually() {
        data_.pitchShift = 12;
        data_.channelSwapProbability = 0.5;
        for (const double mixed : {0.0, 1.0}) {
            data_.randomMixProbability = mixed;
            const Sampler sampler(threeSongs(), data_, 44100, 1);
            int equal = 0;
            for (int k = 0; k < 100; ++k) {
                const auto stems = sampler.plan(k, 0, 100).stems;
                equal += stems[0].semitones == stems[1].semitones ? 1 : 0;
                QVERIFY(mixed == 1 || stems[0].isSwapped == stems[1].isSwapped);
            }
            QVERIFY(mixed == 1 ? equal < 20 : equal == 100);
        }
    }

    void drawsImageAndShelfPerStem() {
        data_.stereoSpread = 0.8;
        data_.shelfGain = 6;
        for (const double mixed : {0.0, 1.0}) {
            data_.randomMixProbability = mixed;
            const Sampler sampler(threeSongs(), data_, 44100, 1);
            std::vector<double> widths, balances, echoes, decibels;
            int withEcho = 0;
            for (int k = 0; k < draws; ++k) {
                const auto stems = sampler.plan(k, 0, 100).stems;
                const StemPlan& stem = stems[0];
                widths.push_back(stem.image.width);
                balances.push_back(stem.image.balance);
                echoes.push_back(stem.image.echo);
                decibels.push_back(stem.shelf.decibels);
                withEcho += stem.image.echo != 0 ? 1 : 0;
                QVERIFY(stem.image.echo == 0 || (stem.image.delay >= 132 && stem.image.delay <= 1323));
                QVERIFY(stem.shelf.hertz >= 200 && stem.shelf.hertz <= 4000);
                QVERIFY(stems.size() < 2 || stem.image != stems[1].image);
            }
            const auto spans = [](const std::vector<double>& values, double least, double most) {
                const auto [low, high] = std::ranges::minmax(values);
                const double near = (most - least) / 100;
                return low >= least && low < least + near && high <= most && high > most - near;
            };
            QVERIFY(spans(widths, 0.2, 1.4));
            QVERIFY(spans(balances, -0.4, 0.4));
            QVERIFY(spans(echoes, -0.8, 0.8));
            QVERIFY(spans(decibels, -6, 6));
            QVERIFY(std::abs(static_cast<double>(withEcho) / draws - 0.5) < 0.05);
        }
    }

    void drawsNeutralImageAndShelfIfDisabled() {
        const Sampler sampler(threeSongs(), data_, 44100, 1);
        for (int k = 0; k < 100; ++k) {
            for (const StemPlan& stem : sampler.plan(k, 0, 100).stems) {
                QCOMPARE(stem.image, StereoImage{});
                QCOMPARE(stem.shelf.decibels, 0.0);
            }
        }
    }

    /// A segment that is pitched up needs more frames, which must still be within the song.
    void pitchedSegmentStaysWithinSong() {
        data_.pitchShift = 12;
        const Sampler sampler({song("a", 210, {"vocals"})}, data_, 44100, 1);
        std::int64_t last = 0;
        for (int k = 0; k < draws; ++k) {
            const StemPlan stem = sampler.plan(k, 0, 100).stems[0];
            const double end = static_cast<double>(stem.first) + 100 * std::exp2(stem.semitones / 12);
            QVERIFY(end <= 211);
            last = std::max(last, stem.first);
        }
        QVERIFY(last > 150); // a segment that is pitched down can start later
    }

    void dropsStemsOfMixedExamples() {
        data_.stemDropout = 0.25;
        for (const double mixed : {0.0, 1.0}) {
            data_.randomMixProbability = mixed;
            const Sampler sampler(threeSongs(), data_, 44100, 1);
            std::map<std::string, int> drawnStems, dropped;
            int both = 0;
            for (int k = 0; k < draws; ++k) {
                const auto stems = sampler.plan(k, 0, 100).stems;
                for (const StemPlan& stem : stems) {
                    ++drawnStems[stem.stem];
                    dropped[stem.stem] += stem.isDropped ? 1 : 0;
                }
                both += stems.front().isDropped && stems.back().isDropped ? 1 : 0;
            }
            for (const char* stem : {"bass", "vocals"}) { // vocals are a target
                const double share = static_cast<double>(dropped[stem]) / drawnStems[stem];
                QVERIFY(mixed == 1 ? std::abs(share - 0.25) < 0.03 : share == 0);
            }
            QVERIFY(mixed == 0 || std::abs(static_cast<double>(both) / draws - 0.0625) < 0.02);
        }
    }

    /// One gain for the mixture and the targets; the other draws are those of the sum.
    void mixtureFileHasTheCutAndGainOfItsTargets() {
        data_.randomMixProbability = 0;
        data_.channelSwapProbability = 0.5;
        data_.pitchShift = 2;
        data_.targets = {"bass", "vocals"};
        const Sampler sums(threeSongs(), data_, 44100, 1);
        data_.mixture = MixtureSource::File;
        const Sampler files(threeSongs(), data_, 44100, 1);
        std::set<float> gains;
        for (int k = 0; k < 100; ++k) {
            const ExamplePlan plan = files.plan(k, 0, 100);
            QVERIFY(plan.mixture.has_value());
            QCOMPARE(plan.mixture->stem, std::string("mixture"));
            QCOMPARE(plan.stems.size(), 2U); // without the flute of song b
            gains.insert(plan.mixture->gain);
            const ExamplePlan sum = sums.plan(k, 0, 100);
            QVERIFY(!sum.mixture);
            for (const StemPlan& stem : plan.stems) {
                QCOMPARE(stem.gain, plan.mixture->gain);
                QVERIFY(stem.song == plan.mixture->song && stem.first == plan.mixture->first);
                QCOMPARE(stem.semitones, plan.mixture->semitones);
                QCOMPARE(stem.isSwapped, plan.mixture->isSwapped);
                QVERIFY(stem.song->name == sum.stems[0].song->name && stem.first == sum.stems[0].first);
            }
        }
        QVERIFY(gains.size() > 90);
    }

    void dropoutDoesNotAffectOtherDraws() {
        data_.randomMixProbability = 1;
        const Sampler without(threeSongs(), data_, 44100, 1);
        data_.stemDropout = 1;
        const Sampler with(threeSongs(), data_, 44100, 1);
        for (int k = 0; k < 100; ++k)
            QVERIFY(drawn(without, k) == drawn(with, k));
    }

    void refusesOrSkipsSongsWithoutMixtureFile() {
        std::vector<Song> songs = threeSongs();
        songs[1].mixture = SongStem{"mixture", {{"b/mixture", {}}}};
        songs[0].unread.push_back({"mixture", "a/mixture.mp3", "is compressed"});
        std::vector<std::string> notices;
        QCOMPARE(songsWithTargets(songs, data_, notices).size(), 3U);
        data_.mixture = MixtureSource::File;
        const std::string message = errorOf([&] { songsWithTargets(songs, data_, notices); });
        QVERIFY2(
            message.starts_with("a: the song has no mixture file, which data.mixture requires, only bass, "
                                "vocals; mixture.mp3 is compressed. Add it, change data.mixture"),
            message.c_str());
        data_.fileErrors = FileErrorPolicy::Skip;
        const auto left = songsWithTargets(songs, data_, notices);
        QCOMPARE(left.size(), 1U);
        QCOMPARE(left[0].name, std::string("b"));
        QCOMPARE(notices.at(1),
                 std::string("The song 'c' is skipped: it has no mixture file, which data.mixture requires"));
        songs.erase(songs.begin() + 1);
        QVERIFY(errorOf([&] {
                    songsWithTargets(songs, data_, notices);
                }).find("no song has all the stems [vocals] and a mixture file") != std::string::npos);
    }

    void refusesOrSkipsSongsWithoutTarget() {
        std::vector<std::string> notices;
        const auto select = [&](const std::vector<std::string>& targets, FileErrorPolicy policy) {
            DataConfig data;
            data.targets = targets;
            data.fileErrors = policy;
            return songsWithTargets(threeSongs(), data, notices);
        };
        QCOMPARE(select({"vocals", "bass"}, FileErrorPolicy::Fail).size(), 3U);
        QVERIFY(notices.empty());
        const std::string message = errorOf([&] { select({"flute"}, FileErrorPolicy::Fail); });
        QVERIFY2(message.find("no stem 'flute', only bass, vocals") != std::string::npos, message.c_str());
        QCOMPARE(select({"flute"}, FileErrorPolicy::Skip).size(), 1U);
        QCOMPARE(notices.size(), 2U);
        for (const std::vector<std::string>& bad :
             {std::vector<std::string>{}, {"mixture"}, {"bass", "bass"}, {"harp"}})
            QVERIFY(!errorOf([&] { select(bad, FileErrorPolicy::Skip); }).empty());
    }
};

HEADROOM_TEST_MAIN(TestSampler)
#include "tst_sampler.moc"
