#include "core/config/run_config.h"
#include "tests/support/scripted_listening.h"
#include "tests/support/strict_ui_main.h"
#include "ui/bridge/listen_bridge.h"
#include "ui/listen/lane_header.h"
#include "ui/listen/listen_page.h"
#include "ui/listen/sdr_strip.h"
#include "ui/listen/stem_export.h"
#include "ui/listen/transport_bar.h"
#include "ui/theme/theme.h"
#include "ui/widgets/table_dialog.h"

#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTableView>
#include <QToolButton>

#include <cmath>

using namespace headroom;
using namespace headroom::ui;

namespace {

/// A page on scripted services, with two checkpoints to compare.
struct Stage {
    Stage() {
        auto listens = std::make_unique<test::ScriptedListening>();
        auto separates = std::make_unique<test::ScriptedSeparation>();
        listening = listens.get();
        separation = separates.get();
        listening->checkpoints = {{200, 20, false, {}}, {100, 10, true, {}}};
        bridge = std::make_unique<ListenBridge>(std::move(listens), std::move(separates));
        page = std::make_unique<ListenPage>(*bridge, theme);
        page->resize(1200, 800);
        page->show();
    }

    void openSong() {
        page->setDataset(QStringLiteral("/songs"), {});
        QTRY_VERIFY(page->model().song().isLoaded());
    }
    /// Vocals of these values from sources A and B; the true ones are 0.2.
    void compare(float a, float b) {
        openSong();
        for (const int which : {0, 1})
            page->model().slot(which).setSource(source(which));
        QCOMPARE(separation->works.size(), std::size_t{2});
        separation->finish(separation->works[0], a);
        separation->finish(separation->works[1], b);
        QTRY_VERIFY(page->model().slot(1).state() == SourceSlot::State::Ready);
        QTRY_VERIFY(page->model().measures(1).sdr() && page->model().measures(1).loudness());
    }
    static ListenSource source(int which) {
        ListenSource one;
        one.kind = ListenSource::Kind::Model;
        one.model.run = "/runs/first";
        one.model.step = which;
        one.title = QStringLiteral("Epoch %1").arg(which);
        return one;
    }
    ListenModel& model() { return page->model(); }
    void key(int key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(page.get(), static_cast<Qt::Key>(key), modifiers);
    }
    /// What the mixer plays now, past its fades.
    float heard() {
        Mixer& mixer = page->player().mixer();
        mixer.play();
        std::vector<float> out(2 * 100);
        mixer.render(out);
        mixer.stop();
        return out[198];
    }
    int laneOf(Lane::Role role) {
        const auto& lanes = model().lanes();
        const auto found = std::ranges::find(lanes, role, &Lane::role);
        return found == lanes.end() ? -1 : static_cast<int>(found - lanes.begin());
    }

    Theme theme{Theme::Mode::Dark};
    test::ScriptedListening* listening = nullptr;
    test::ScriptedSeparation* separation = nullptr;
    std::unique_ptr<ListenBridge> bridge;
    std::unique_ptr<ListenPage> page;
};

bool near(double a, double b) {
    return std::abs(a - b) < 1e-4;
}

} // namespace

class TestListenPage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aSongOfTheDatasetIsHeardAtOnce() {
        Stage stage;
        stage.openSong();
        QCOMPARE(QString::fromStdString(stage.model().song().song().name), QStringLiteral("one"));
        QCOMPARE(stage.model().lanes().size(), std::size_t{3}); // mixture and the true stems
        QVERIFY(near(stage.heard(), 0.6));
        stage.key(Qt::Key_2); // solo drums
        QVERIFY(near(stage.heard(), 0.4));
    }

    void lanesAreWhatTheySay() {
        Stage stage;
        stage.compare(0.25F, 0.1F);
        using Role = Lane::Role;
        const auto solo = [&](Role role) {
            stage.model().setSolo(stage.laneOf(role), true, true);
            return stage.heard();
        };
        stage.model().setMatchLoudness(false);
        QVERIFY(near(solo(Role::Mixture), 0.6));
        QVERIFY(near(solo(Role::Stem), 0.25));
        QVERIFY(near(solo(Role::Reference), 0.2));
        QVERIFY(near(solo(Role::Accompaniment), 0.35));
        QVERIFY(near(solo(Role::Difference), 0.05));
        stage.key(Qt::Key_B);
        QVERIFY(near(solo(Role::Stem), 0.1));
        QVERIFY(near(solo(Role::Difference), -0.1));
    }

    void loudnessIsMatchedDownwardsOnly() {
        Stage stage;
        stage.compare(0.4F, 0.1F);
        QVERIFY(near(stage.model().matchGain(0), 20 * std::log10(0.25)));
        QCOMPARE(stage.model().matchGain(1), 0.0);
        QVERIFY(near(stage.heard(), 0.1));
        stage.key(Qt::Key_B);
        QVERIFY(near(stage.heard(), 0.1));
        stage.model().setMatchLoudness(false);
        stage.key(Qt::Key_A);
        QVERIFY(near(stage.heard(), 0.4));
    }

    void aBlindTestShowsNothingOfWhatIsHeard() {
        Stage stage;
        stage.compare(0.25F, 0.1F);
        stage.model().setMatchLoudness(false);
        stage.key(Qt::Key_X);
        QVERIFY(stage.model().isBlind());
        const float expected = stage.model().blindTest().xIsA() ? 0.25F : 0.1F;
        QVERIFY(near(stage.heard(), expected));
        const auto* strip = stage.page->findChild<SdrStrip*>();
        QVERIFY(strip->accessibleDescription().isEmpty());
        for (const QLabel* label : stage.page->findChildren<QLabel*>())
            QVERIFY2(!label->isVisible() || !label->text().contains(QStringLiteral("cSDR")),
                     qPrintable(label->text()));
        const bool isA = stage.model().blindTest().xIsA();
        QVERIFY(stage.model().guess(isA ? ListenModel::A : ListenModel::B));
        QCOMPARE(stage.model().blindTest().right(), 1);
    }

    void oneCanListenWhileTheRestIsBeingComputed() {
        Stage stage;
        stage.openSong();
        stage.model().slot(0).setSource(Stage::source(0));
        const auto work = stage.separation->works.at(0);
        stage.separation->begin(work);
        stage.separation->give(work, 0.3F, 4000, 0.4);
        QTRY_VERIFY(stage.model().slot(0).state() == SourceSlot::State::Separating &&
                    stage.model().slot(0).share() > 0);
        QVERIFY(near(stage.heard(), 0.3));
        Mixer& mixer = stage.page->player().mixer();
        mixer.seek(3900);
        mixer.play();
        std::vector<float> out(2 * 500);
        mixer.render(out);
        QVERIFY(mixer.state() == Mixer::State::Waiting);
        stage.separation->give(work, 0.3F, 6000, 1);
        QTRY_VERIFY(mixer.state() == Mixer::State::Playing);
    }

    void aLateSeparationIsDropped() {
        Stage stage;
        stage.openSong();
        stage.model().slot(0).setSource(Stage::source(0));
        stage.model().slot(0).setSource(Stage::source(1));
        QCOMPARE(stage.separation->works.size(), std::size_t{2});
        QVERIFY(!stage.separation->cancelled.empty());
        stage.separation->finish(stage.separation->works[0], 0.9F);
        stage.separation->begin(stage.separation->works[1]);
        stage.separation->give(stage.separation->works[1], 0.1F, 5000, 0.5);
        QTRY_VERIFY(stage.model().slot(0).share() > 0);
        QVERIFY(stage.model().slot(0).state() == SourceSlot::State::Separating);
        QVERIFY(near(stage.heard(), 0.1));
    }

    void anotherSongIsSeparatedAnew() {
        Stage stage;
        stage.compare(0.25F, 0.1F);
        stage.page->openFile(QStringLiteral("/songs/dropped.wav"));
        QTRY_COMPARE(stage.separation->works.size(), std::size_t{4});
        QVERIFY(stage.model().slot(0).state() == SourceSlot::State::Waiting);
        QVERIFY(!stage.model().measures(0).sdr());
    }

    void aSeparationAnewKeepsTheLanesInPlace() {
        Stage stage;
        stage.compare(0.25F, 0.1F);
        const auto headers = stage.page->findChildren<LaneHeader*>();
        QCOMPARE(std::size(headers), std::ssize(stage.model().lanes()));
        const QSignalSpy others(&stage.model(), &ListenModel::lanesChanged);
        stage.model().slot(0).retry();
        const auto vocals = stage.model().sound({Lane::Role::Stem, "vocals"}, 0);
        QVERIFY(vocals && vocals->frames() == 0);
        stage.separation->finish(stage.separation->works.at(2), 0.3F);
        QTRY_VERIFY(stage.model().slot(0).state() == SourceSlot::State::Ready);
        QCOMPARE(others.count(), 0);
        QCOMPARE(stage.page->findChildren<LaneHeader*>(), headers);
        stage.model().setMatchLoudness(false);
        QVERIFY(near(stage.heard(), 0.3));
    }

    void otherLanesAreShownInTheRowsThatThereAre() {
        Stage stage;
        stage.openSong(); // mixture and two true stems
        const auto before = stage.page->findChildren<LaneHeader*>();
        QCOMPARE(before.size(), 3);
        stage.model().slot(0).setSource(Stage::source(0));
        stage.separation->finish(stage.separation->works.at(0), 0.3F);
        QTRY_COMPARE(std::ssize(stage.model().lanes()), 5); // with vocals, what is left and the difference
        const auto after = stage.page->findChildren<LaneHeader*>();
        QCOMPARE(after.size(), 5);
        for (LaneHeader* header : before)
            QVERIFY(after.contains(header));
        for (const Lane& lane : stage.model().lanes())
            QVERIFY(std::ranges::any_of(after, [&](const LaneHeader* header) {
                return header->accessibleName() == laneTitle(lane);
            }));
        stage.model().slot(0).setSource({});
        QTRY_COMPARE(stage.page->findChildren<LaneHeader*>(), before);
    }

    void keysDoWhatMusiciansExpect() {
        Stage stage;
        stage.compare(0.25F, 0.1F);
        const int stem = stage.laneOf(Lane::Role::Stem);
        QVERIFY(stage.model().lanes()[stem].solo);
        stage.key(Qt::Key_S); // the soloed lane is the current one
        QVERIFY(!stage.model().lanes()[stem].solo);
        stage.key(Qt::Key_M);
        QVERIFY(stage.model().lanes()[stem].mute);
        stage.key(Qt::Key_Plus);
        QCOMPARE(stage.model().lanes()[stem].gain, 1.0);
        stage.key(Qt::Key_Minus);
        stage.key(Qt::Key_Minus);
        QCOMPARE(stage.model().lanes()[stem].gain, -1.0);
        stage.key(Qt::Key_1);
        stage.key(Qt::Key_S, Qt::ShiftModifier);
        QVERIFY(stage.model().lanes()[stem].solo && !stage.model().lanes()[0].solo);
        stage.key(Qt::Key_End);
        QCOMPARE(stage.page->axis().playHead(), std::int64_t{10000});
        stage.key(Qt::Key_Home);
        QCOMPARE(stage.page->axis().playHead(), std::int64_t{0});
        stage.key(Qt::Key_Right);
        QCOMPARE(stage.page->axis().playHead(), std::int64_t{1000});
    }

    void aLaneIsReadableAsNumbers() {
        Stage stage;
        stage.compare(0.25F, 0.1F);
        stage.key(Qt::Key_1); // the mixture is heard too, but the stem is the lane that keys act on
        QCoreApplication::processEvents();
        const auto table = [&] {
            stage.key(Qt::Key_T);
            auto* dialog = stage.page->findChild<TableDialog*>();
            const auto* view = dialog->findChild<QTableView*>();
            const TextTable numbers = static_cast<const TextTableModel*>(view->model())->table();
            delete dialog;
            return numbers;
        };
        const auto tiles = [&] { return !table().rows.at(1).at(4).isEmpty(); };
        QTRY_VERIFY(tiles()); // the spectrogram comes after it has been painted
        const TextTable whole = table();
        QCOMPARE(whole.rows.size(), std::size_t{1 + 10}); // seconds
        QCOMPARE(whole.header.size(), 4 + 8);
        // 0.25 throughout; every tile is at level 200, which is (200 - 255) / 2 dB.
        QCOMPARE(whole.rows[10].mid(0, 5), QStringList({"0:09", "-12.0", "-12.0", "", "-27.5"}));
        stage.page->axis().zoom(4, 0);
        QCOMPARE(table().rows.size(), std::size_t{1 + 25}); // tenths
    }

    void aLanesLoudnessComesIntoItsTableOnceItIsMeasured() {
        Stage stage;
        stage.compare(0.25F, 0.1F);
        stage.key(Qt::Key_T);
        const auto* view = stage.page->findChild<TableDialog*>()->findChild<QTableView*>();
        const auto all = [view](int column) { return view->model()->index(0, column).data().toString(); };
        QCOMPARE(all(0), QStringLiteral("all"));
        QCOMPARE(all(3), QString());
        QTRY_COMPARE(all(3), QStringLiteral("-12.0")); // as the service says of 0.25
    }

    void theWorstSecondIsLooped() {
        Stage stage;
        stage.compare(0.25F, 0.1F);
        stage.key(Qt::Key_W);
        QCOMPARE(*stage.page->axis().selection(), (TimeAxis::Range{2000, 5000}));
        QCOMPARE(stage.page->player().mixer().position(), std::int64_t{2000});
        Mixer& mixer = stage.page->player().mixer();
        mixer.play();
        std::vector<float> out(2 * 3001);
        mixer.render(out);
        QCOMPARE(mixer.position(), std::int64_t{2001});
        stage.key(Qt::Key_Escape);
        QVERIFY(!stage.page->axis().selection());
    }

    void anEpochOfARunIsTheNearestCheckpoint() {
        Stage stage;
        stage.openSong();
        stage.page->listenTo(QStringLiteral("/runs/first"), 120);
        QTRY_COMPARE(stage.separation->works.size(), std::size_t{1});
        QCOMPARE(*stage.separation->works[0].song.model.step, std::int64_t{100});
        stage.page->listenTo(QStringLiteral("/runs/first"), 5000);
        QTRY_VERIFY(stage.model().slot(1).source().kind == ListenSource::Kind::Model);
        QCOMPARE(*stage.model().slot(0).source().model.step, std::int64_t{200});
        QCOMPARE(*stage.model().slot(1).source().model.step, std::int64_t{100});
    }

    void aFileThatCannotBeOpenedChangesNothingButTheMessage() {
        Stage stage;
        stage.compare(0.25F, 0.1F);
        const auto* songs = stage.page->findChild<QComboBox*>();
        const auto number = stage.model().song().number();
        const auto works = stage.separation->works.size();
        stage.listening->broken = "/songs/damaged.wav";
        QSignalSpy failures(&stage.model().song(), &SongModel::failed);
        stage.page->openFile(QStringLiteral("/songs/damaged.wav"));
        QTRY_COMPARE(failures.count(), 1);
        QCOMPARE(songs->count(), 2);
        QCOMPARE(songs->currentText(), QStringLiteral("test / one"));
        QCOMPARE(stage.model().song().number(), number);
        QVERIFY(stage.model().song().isLoaded());
        QCOMPARE(stage.separation->works.size(), works);
        const auto labels = stage.page->findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) {
            return label->isVisible() && label->text().contains(QStringLiteral("damaged.wav: unsupported"));
        }));
    }

    void aSongOfTheDatasetThatFailsIsPassedByTheNext() {
        Stage stage;
        stage.listening->broken = "/songs/two.wav";
        stage.openSong();
        QSignalSpy failures(&stage.model().song(), &SongModel::failed);
        const auto* songs = stage.page->findChild<QComboBox*>();
        const auto buttons = stage.page->findChildren<QPushButton*>();
        const auto next = std::ranges::find(buttons, tr("Next song"), &QPushButton::text);
        (*next)->click();
        QTRY_COMPARE(failures.count(), 1);
        QCOMPARE(songs->currentText(), QStringLiteral("test / one"));
        const auto number = stage.model().song().number();
        (*next)->click(); // the one after the one that failed
        QTRY_VERIFY(stage.model().song().number() != number);
        QCOMPARE(songs->currentText(), QStringLiteral("test / one"));
    }

    void aSongThatWasStillBeingReadIsReadAgainAfterAFailure() {
        Stage stage;
        stage.listening->answersLoads = false;
        stage.page->setDataset(QStringLiteral("/songs"), {});
        QTRY_VERIFY(stage.model().song().isOpen());
        stage.listening->answersLoads = true;
        stage.listening->broken = "/songs/damaged.wav";
        stage.page->openFile(QStringLiteral("/songs/damaged.wav"));
        QTRY_VERIFY(stage.model().song().isLoaded());
        QCOMPARE(QString::fromStdString(stage.model().song().song().name), QStringLiteral("one"));
    }

    void withoutTheSoloNothingIsHeardTwice() {
        Stage stage;
        stage.compare(0.25F, 0.1F);
        stage.model().setMatchLoudness(false);
        const int stem = stage.laneOf(Lane::Role::Stem);
        QVERIFY(stage.model().lanes()[stem].solo);
        QVERIFY(near(stage.heard(), 0.25));
        stage.key(Qt::Key_S);
        QVERIFY(near(stage.heard(), 0.25)); // not 0.85, with the mixture
        for (const int which : {0, 1})
            stage.model().slot(which).setSource({});
        QTRY_COMPARE(std::ssize(stage.model().lanes()), 3);
        QVERIFY(near(stage.heard(), 0.6)); // no stems: the mixture again
    }

    void aLoopIsSetByKeys() {
        Stage stage;
        stage.openSong();
        stage.key(Qt::Key_Right);
        stage.key(Qt::Key_Right);
        stage.key(Qt::Key_I);
        QCOMPARE(*stage.page->axis().selection(), (TimeAxis::Range{2000, 10000}));
        stage.key(Qt::Key_Right);
        stage.key(Qt::Key_BracketRight);
        QCOMPARE(*stage.page->axis().selection(), (TimeAxis::Range{2000, 3000}));
        Mixer& mixer = stage.page->player().mixer();
        mixer.seek(2000);
        mixer.play();
        std::vector<float> out(2 * 1001);
        mixer.render(out);
        QCOMPARE(mixer.position(), std::int64_t{2001});
    }

    void aSongIsPlayedByItsTitle() {
        Stage stage;
        stage.page->playSong(QStringLiteral("test/two")); // before there is a list
        stage.openSong();
        QCOMPARE(QString::fromStdString(stage.model().song().song().name), QStringLiteral("two"));
        QCOMPARE(stage.page->player().playing(), stage.page->player().trouble().isEmpty());
    }

    void exportTellsWhatItWrote() {
        Stage stage;
        stage.compare(0.25F, 0.1F);
        auto* writer = stage.page->findChild<StemExport*>();
        writer->begin({});
        SeparatedSong song;
        song.outputs = {"/out/vocals.wav", "/out/rest.wav"};
        song.nullTestDecibels = -150.5;
        stage.separation->exportSink(
            SeparationDone{stage.separation->exportNumber, {"cpu", "weights", {song}, false}});
        const auto said = [&](const QString& text) {
            const auto labels = writer->findChildren<QLabel*>();
            return std::ranges::any_of(labels,
                                       [&](const QLabel* label) { return label->text().contains(text); });
        };
        QTRY_VERIFY(said(QStringLiteral("−150.5 dB")));
        QVERIFY(said(QStringLiteral("2 files written to /out.")));
        stage.page->openFile(QStringLiteral("/songs/dropped.wav"));
        QTRY_VERIFY(!writer->findChildren<QLabel*>().first()->isVisible()); // it was another song's
    }

    void tabGoesThroughTheLanesFromTopToBottom() {
        Stage stage;
        stage.compare(0.25F, 0.1F);
        stage.page->activateWindow();
        stage.page->setFocus();
        std::vector<const QWidget*> visited;
        for (int i = 0; i < 200; ++i) {
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
            const QWidget* here = QApplication::focusWidget();
            if (here == nullptr || std::ranges::find(visited, here) != visited.end())
                break;
            visited.push_back(here);
        }
        const auto placeOf = [&](const QWidget* widget) {
            return std::ranges::find(visited, widget) - visited.begin();
        };
        const auto headers = stage.page->findChildren<LaneHeader*>();
        const auto* panel = stage.page->findChild<QComboBox*>(); // the songs
        const auto* transport = stage.page->findChild<TransportBar*>()->findChild<QToolButton*>();
        std::ptrdiff_t last = placeOf(panel);
        for (const LaneHeader* header : headers) {
            const auto buttons = header->findChildren<QToolButton*>();
            QCOMPARE(buttons.size(), 2); // solo and mute
            for (const QWidget* control :
                 {static_cast<QWidget*>(buttons[0]), static_cast<QWidget*>(buttons[1]),
                  static_cast<QWidget*>(header->findChild<QSlider*>())}) {
                QVERIFY2(placeOf(control) < std::ssize(visited), qPrintable(control->accessibleName()));
                QVERIFY2(placeOf(control) > last, qPrintable(control->accessibleName()));
                last = placeOf(control);
            }
        }
        QVERIFY(placeOf(transport) > last);
    }

    void everyControlHasAName() {
        Stage stage;
        stage.compare(0.25F, 0.1F);
        for (const QWidget* widget : stage.page->findChildren<QWidget*>()) {
            const bool isControl = widget->focusPolicy() != Qt::NoFocus && widget->isVisible();
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            const bool isNamed = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
            QVERIFY2(!isControl || isNamed, widget->metaObject()->className());
        }
    }

    void goesAwayInTheMiddleOfAnything() {
        auto stage = std::make_unique<Stage>();
        stage->openSong();
        stage->model().slot(0).setSource(Stage::source(0));
        const auto work = stage->separation->works.at(0);
        stage->separation->finish(work, 0.5F);
        stage->page.reset();
        QCoreApplication::processEvents(); // what was posted finds nobody
    }

    void theBestCheckpointOfARunIsHeard() {
        Stage stage;
        stage.openSong();
        stage.page->listenToBest(QStringLiteral("/runs/first"));
        QTRY_COMPARE(stage.separation->works.size(), std::size_t{1});
        QCOMPARE(stage.separation->works[0].song.model.step, std::optional<std::int64_t>(100));
        stage.listening->checkpoints.clear();
        stage.page->listenToBest(QStringLiteral("/runs/empty"));
        QCoreApplication::processEvents();
        QCOMPARE(stage.separation->works.size(), std::size_t{1});
    }
};

HEADROOM_UI_TEST_MAIN(TestListenPage)
#include "tst_listen_page.moc"
