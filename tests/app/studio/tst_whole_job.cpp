// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/studio/engine_services.h"
#include "core/audio/audio_file.h"
#include "core/config/option_table.h"
#include "core/engine/start_engine.h"
#include "tests/support/read_audio.h"
#include "tests/support/slider_drag.h"
#include "tests/support/sound_server.h"
#include "tests/support/strict_ui_main.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/option_row.h"
#include "ui/configuration/option_slider.h"
#include "ui/data/demo_button.h"
#include "ui/listen/listen_page.h"
#include "ui/theme/theme.h"
#include "ui/training/training_page.h"
#include "ui/window/listen_controller.h"
#include "ui/window/main_window.h"
#include "ui/window/studio.h"
#include "ui/window/training_controller.h"

#include <QDir>
#include <QProcess>
#include <QToolBar>
#include <QToolButton>

#include <cmath>

using namespace headroom;
using namespace headroom::ui;

namespace {

constexpr int timeout = 180000; // ms, for a busy machine

/// The samples of an audio file, interleaved stereo.
std::vector<float> readStereo(const QString& path) {
    const AudioBuffer audio = test::readAudio(path.toStdString(), 0, 2);
    std::vector<float> samples;
    samples.reserve(2 * static_cast<std::size_t>(audio.frames()));
    for (std::int64_t frame = 0; frame < audio.frames(); ++frame)
        for (const int channel : {0, 1})
            samples.push_back(audio.channel(channel)[static_cast<std::size_t>(frame)]);
    return samples;
}

bool agrees(float a, float b) {
    return std::abs(a - b) < 2e-5F;
}

/// Number of consecutive frames of the recording, from half a second after its first audible sample, that
/// equal `expected`. Their position in `expected` is searched for: the audio server does not record what it
/// had buffered.
std::size_t framesAgreeing(const std::vector<float>& recorded, const std::vector<float>& expected) {
    constexpr std::ptrdiff_t fadeIn = 2 * 22050;
    constexpr std::ptrdiff_t pattern = 400;
    const auto audible =
        std::ranges::find_if(recorded, [](float sample) { return std::abs(sample) > 1e-4F; });
    if (recorded.end() - audible < fadeIn + pattern)
        return 0;
    auto at = recorded.begin() + ((audible - recorded.begin()) / 2 * 2 + fadeIn);
    auto found = std::search(expected.begin(), expected.end(), at, at + pattern, agrees);
    std::size_t samples = 0;
    for (; at != recorded.end() && found != expected.end() && agrees(*at, *found); ++at, ++found)
        ++samples;
    return samples / 2;
}

} // namespace

/// The main job through the widgets: demo songs, a slider, some steps, a separation, and its playback.
class TestWholeJob : public QObject {
    Q_OBJECT

private:
    test::SoundServer server_;

private Q_SLOTS:
    void initTestCase() {
        startEngine();
        QApplication::setApplicationName(QStringLiteral("headroom-studio"));
        const QString missing = server_.start();
        if (!missing.isEmpty())
            QSKIP(qPrintable(missing));
        QTRY_VERIFY_WITH_TIMEOUT(server_.answers(), timeout);
    }

    void trainsSeparatesAndPlays() {
        const QTemporaryDir folder;
        Theme theme(Theme::Mode::Dark);
        Studio studio(app::engineServices(), theme);
        studio.config().set(*findOption("training.output_dir"), folder.filePath("runs").toStdString());
        MainWindow& window = studio.window();
        window.show();
        window.showPage(&studio.training()->page());

        auto* demo = studio.training()->page().findChild<DemoButton*>();
        QTRY_VERIFY(demo->isVisible());
        QTest::mouseClick(demo, Qt::LeftButton);
        RunModel& run = studio.training()->run();
        QTRY_VERIFY_WITH_TIMEOUT(run.history().step() >= 4, timeout);

        // The run takes the new value of the slider at its next step.
        OptionSlider* slider = nullptr;
        for (OptionRow* row : window.findChildren<OptionRow*>())
            if (row->option().key == std::string_view("training.learning_rate"))
                slider = row->findChild<OptionSlider*>();
        const double before = studio.config().config().training.learningRate;
        test::drag(*slider, slider->value() / 2);
        const double after = studio.config().config().training.learningRate;
        QVERIFY(after < before);
        const auto hasTakenEffect = [&] {
            return std::ranges::any_of(run.history().marks(), [](const RunHistory::Mark& mark) {
                const auto* change = std::get_if<OptionChanged>(&mark.event);
                return change != nullptr && change->key == "training.learning_rate";
            });
        };
        QTRY_VERIFY_WITH_TIMEOUT(hasTakenEffect(), timeout);
        const std::int64_t then = run.history().step();
        QTRY_VERIFY_WITH_TIMEOUT(run.history().step() >= then + 3, timeout);

        for (auto* button : window.toolBar().findChildren<QToolButton*>())
            if (button->text() == QStringLiteral("Stop"))
                QTest::mouseClick(button, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(run.state() == RunActivity::Ended, timeout);
        QVERIFY(!run.failure());
        QVERIFY(run.history().lastSave().has_value());

        studio.listen()->listenTo(run.folder(), run.history().step());
        ListenPage& page = studio.listen()->page();
        QTRY_VERIFY_WITH_TIMEOUT(page.model().slot(0).state() == SourceSlot::State::Ready, timeout);
        QVERIFY2(page.player().problem().isEmpty(), qPrintable(page.player().problem()));

        server_.record();
        QTRY_VERIFY_WITH_TIMEOUT(server_.recorded() > 0, timeout);
        const qint64 silence = server_.recorded();
        QTest::keyClick(&page, Qt::Key_Space);
        QTRY_VERIFY_WITH_TIMEOUT(server_.recorded() > silence + 5 * 44100, timeout);
        QTest::keyClick(&page, Qt::Key_Space);
        const std::vector<float> recorded = server_.recording();

        // Separate the same song with the same weights on the command line.
        const SongAudio song = page.model().song().song();
        QProcess separation;
        separation.start(QStringLiteral(HEADROOM_PROGRAM),
                         {"separate", QString::fromStdString(song.mixture), "--run", run.folder(), "-o",
                          folder.filePath("stems"), "--stems", "vocals"});
        QVERIFY(separation.waitForFinished(timeout));
        QVERIFY2(separation.exitCode() == 0, separation.readAllStandardError().constData());
        const QDir stems(folder.filePath("stems"));
        const QString name = stems.entryList(QDir::Dirs | QDir::NoDotAndDotDot).value(0);
        const std::size_t vocals = framesAgreeing(recorded, readStereo(stems.filePath(name + "/vocals.wav")));
        QVERIFY2(vocals > 2 * 44100, qPrintable(QString::number(vocals)));
        QCOMPARE(framesAgreeing(recorded, readStereo(QString::fromStdString(song.mixture))), std::size_t{0});
    }
};

HEADROOM_UI_TEST_MAIN(TestWholeJob)
#include "tst_whole_job.moc"
