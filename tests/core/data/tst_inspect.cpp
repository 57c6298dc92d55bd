// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_file.h"
#include "core/data/inspect.h"
#include "core/support/error.h"
#include "tests/core/data/inspection_dataset.h"
#include "tests/support/read_audio.h"
#include "tests/support/strict_main.h"
#include "tests/support/test_signals.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>

using namespace headroom;
using namespace headroom::test::inspection;
namespace fs = std::filesystem;

class TestInspect : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void acceptsGoodDataSet();
    void reportsFileProperties();
    void residualIsEnergyRatio();
    void residualExcludesSums();
    void writesJson();
    void reportsProgressAndStops();
    void inspectsSeveralDataSetsTogether();
    void throwsWithoutDataSet();
};

void TestInspect::acceptsGoodDataSet() {
    const Dataset dataset;
    const DatasetReport report = dataset.inspect();
    QCOMPARE(textOf(report), std::string());
    QCOMPARE(report.songs.size(), std::size_t{3});
    QCOMPARE(report.songs[0].title(), std::string("train/one"));
    QCOMPARE(report.songs[2].title(), std::string("test/three"));
    QCOMPARE(report.seconds(), 1.5);
    for (const SongReport& song : report.songs)
        QVERIFY(song.residual && *song.residual < -120);
}

void TestInspect::reportsFileProperties() {
    const Dataset dataset;
    AudioBuffer audio(2, 70000); // longer than one block
    for (int c = 0; c < 2; ++c) {
        std::ranges::fill(audio.channel(c), 0.01F * static_cast<float>(c));
        for (std::int64_t i = 0; i < 3500; ++i)
            audio.channel(c)[i] = i % 2 == 0 ? 0.75F : -0.25F;
    }
    audio.channel(1)[60000] = -1;
    audio.channel(1)[60001] = 32767.0F / 32768;
    audio.channel(1)[60002] = 32766.0F / 32768;
    dataset.write("train/one/vocals.wav", audio, {.sampleRate = 8000, .encoding = SampleEncoding::Pcm24});
    const DatasetReport report = dataset.inspect();
    const FileReport& vocals = file(report, "train/one", "vocals");
    QCOMPARE(vocals.sampleRate, 8000);
    QCOMPARE(vocals.channels, 2);
    QCOMPARE(vocals.frames, std::int64_t{70000});
    QCOMPARE(vocals.seconds(), 8.75);
    QCOMPARE(vocals.encoding, std::string("PCM_24"));
    QCOMPARE(vocals.peak, 1.0);
    QCOMPARE(vocals.clippedSamples, std::int64_t{2});
    const auto right = audio.channel(1);
    double sum = 0;
    for (const float sample : right)
        sum += sample;
    QVERIFY(std::abs(vocals.dcOffset - sum / 70000) < 1e-6);
    QCOMPARE(vocals.silence, 0.0); // the right channel's offset of 0.01 is above -60 dBFS throughout

    dataset.change("train/one/vocals.wav", [](AudioBuffer& changed) {
        std::ranges::fill(changed.channel(0).subspan(3528), 0.0005F);
        std::ranges::fill(changed.channel(1).subspan(3528), 0.0005F);
    });
    // 70000 frames at 44.1 kHz: 15 windows of 4410 and a rest; only the first, in part, is louder than 0.001.
    QCOMPARE(file(dataset.inspect(), "train/one", "vocals").silence, 15.0 / 16);
}

void TestInspect::residualIsEnergyRatio() {
    const Dataset dataset;
    dataset.change("train/one/mixture.wav", [](AudioBuffer& audio) {
        for (float& sample : audio.samples())
            sample *= 1.01F;
    });
    const DatasetReport report = dataset.inspect();
    QVERIFY(std::abs(report.songs[0].residual.value() - 20 * std::log10(0.01 / 1.01)) < 0.01);

    dataset.write("train/one/bass.wav", test::noise(1, frames, 3));
    QVERIFY(!dataset.inspect().songs[0].residual);
}

/// A sum next to the mixture changes nothing: the mixture is compared with the stems.
void TestInspect::residualExcludesSums() {
    const Dataset dataset;
    dataset.write("train/one/drums.wav", AudioBuffer(2, frames));
    const AudioBuffer mixture = test::readAudio(dataset.path("train/one/mixture.wav"));
    dataset.write("train/one/master.wav", mixture);
    const DatasetReport report = dataset.inspect();
    QVERIFY(report.songs[0].residual && *report.songs[0].residual < -100);
    QCOMPARE(report.songs[0].sums.size(), std::size_t{1});
    QCOMPARE(report.songs[0].sums[0].stem, std::string("master"));
    QVERIFY(report.songs[0].sums[0].isWhole);
}

void TestInspect::writesJson() {
    const Dataset dataset;
    std::ofstream(dataset.path("train/one/bass.wav")) << "text";
    const DatasetReport report = dataset.inspect();
    const QJsonObject json = QJsonDocument::fromJson(QByteArray::fromStdString(toJson(report))).object();
    QCOMPARE(json["songs"].toArray().size(), 3);
    const QJsonObject song = json["songs"].toArray()[0].toObject();
    QCOMPARE(song["name"].toString(), QString("one"));
    QVERIFY(song["residual_db"].isNull());
    QVERIFY(!song["files"].toArray()[0].toObject()["unreadable"].toString().isEmpty());
    QCOMPARE(song["files"].toArray()[1].toObject()["frames"].toInt(), static_cast<int>(frames));
    QVERIFY(json["songs"].toArray()[1].toObject()["residual_db"].toDouble() < -100);
    QCOMPARE(json["summary"].toObject()["errors"].toInt(), 1);
    QCOMPARE(json["problems"].toArray()[0].toObject()["severity"].toString(), QString("error"));
    QCOMPARE(json["problems"].toArray()[0].toObject()["songs"].toArray()[0].toString(), QString("train/one"));
}

void TestInspect::reportsProgressAndStops() {
    const Dataset dataset;
    std::vector<std::size_t> seen;
    QVERIFY(inspectDataset(dataset.path(), [&](std::size_t done, std::size_t total) {
        seen.push_back(done);
        QCOMPARE(total, std::size_t{3});
    }));
    QVERIFY((seen == std::vector<std::size_t>{1, 2, 3}));

    std::stop_source source;
    source.request_stop();
    QVERIFY(!inspectDataset(dataset.path(), {}, source.get_token()));
}

/// Audio of one is in a split of the other.
void TestInspect::inspectsSeveralDataSetsTogether() {
    const Dataset first;
    const Dataset second;
    fs::remove_all(second.path("train"));
    fs::rename(second.path("test/three"), second.path("test/six"));
    fs::copy(first.path("train/one"), second.path("test/copy"), fs::copy_options::recursive);
    const auto inspected = [&](const std::vector<std::string>& more) {
        return inspectDataset(first.path(), {}, {}, {}, more).value();
    };
    const DatasetReport report = inspected({second.path().string()});
    std::vector<std::string> titles;
    std::ranges::transform(report.songs, std::back_inserter(titles), &SongReport::title);
    const std::vector<std::string> alone = [&] {
        std::vector<std::string> of;
        std::ranges::transform(inspected({}).songs, std::back_inserter(of), &SongReport::title);
        return of;
    }();
    QCOMPARE(titles.size(), alone.size() + 2);
    QCOMPARE(titles.front(), alone.front());
    QCOMPARE(titles.at(titles.size() - 3), std::string("test/copy"));
    QCOMPARE(titles.back(), std::string("test/three"));
    const std::string text = test::inspection::textOf(report);
    QVERIFY2(text.find("identical audio in train/one and test/copy") != std::string::npos, text.c_str());
    QVERIFY_THROWS_EXCEPTION(Error, inspected({first.path().string()}));
}

void TestInspect::throwsWithoutDataSet() {
    const Dataset dataset;
    fs::create_directory(dataset.path("empty"));
    std::ofstream(dataset.path("text.txt")) << "text";
    for (const char* root : {"empty", "nowhere", "text.txt"})
        QVERIFY_THROWS_EXCEPTION(Error, inspectDataset(dataset.path(root)));
}

HEADROOM_TEST_MAIN(TestInspect)
#include "tst_inspect.moc"
