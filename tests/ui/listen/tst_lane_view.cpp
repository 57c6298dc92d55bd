// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "tests/ui/listen/listen_fixture.h"
#include "ui/listen/color_scale.h"
#include "ui/listen/gain_slider.h"
#include "ui/listen/lane_scales.h"
#include "ui/listen/lane_view.h"
#include "ui/listen/source_menu.h"
#include "ui/window/accessible_factory.h"

#include <QAccessible>
#include <QComboBox>
#include <QMenu>
#include <QWheelEvent>

using namespace headroom;
using namespace headroom::ui;

namespace {

LaneView& firstLane(const test::ListenFixture& fixture) {
    return *fixture.page->findChild<LaneView*>();
}

void moveMouse(QWidget& widget, const QPoint& place) {
    QMouseEvent event(QEvent::MouseMove, place, widget.mapToGlobal(place), Qt::NoButton, Qt::NoButton,
                      Qt::NoModifier);
    QCoreApplication::sendEvent(&widget, &event);
}

} // namespace

class TestLaneView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void labelsFrequenciesWithoutOverlap() {
        const auto mel = labeledFrequencies(FrequencyScale::Mel, 44100, 200, 14);
        QVERIFY(mel.size() >= 6);
        for (std::size_t i = 1; i < mel.size(); ++i)
            QVERIFY(heightOf(FrequencyScale::Mel, mel[i], 44100) * 200 -
                        heightOf(FrequencyScale::Mel, mel[i - 1], 44100) * 200 >=
                    14);
        QVERIFY(labeledFrequencies(FrequencyScale::Log, 44100, 200, 14).front() <= 50);
        QVERIFY(labeledFrequencies(FrequencyScale::Mel, 44100, 10, 14).empty());
    }

    void labelsLevelsFromFullScaleDown() {
        QCOMPARE(labeledLevels(60, 60, 14), (std::vector<int>{0, -6, -12}));
        const auto magnified = labeledLevels(60 * 8, 60, 14); // by 18 dB
        QCOMPARE(magnified.front(), -24);
        QVERIFY(magnified.size() >= 2);
    }

    void readsTimeFrequencyAndLevelUnderTheMouse() {
        test::ListenFixture fixture;
        fixture.openSong();
        LaneView& lane = firstLane(fixture);
        QVERIFY(lane.readout().isEmpty());
        moveMouse(lane, {lane.width() / 2, lane.height() - 2});
        QVERIFY2(lane.readout().startsWith(QStringLiteral("0:0")), qPrintable(lane.readout()));
        QVERIFY2(lane.readout().contains(QStringLiteral("Hz, ")), qPrintable(lane.readout()));
        // All tiles have level 200, which is (200 - 255) / 2 dB.
        QTRY_VERIFY(lane.readout().endsWith(QStringLiteral("Hz, −27.5 dB")));
        moveMouse(lane, {lane.width() / 2, 2});
        QVERIFY2(lane.readout().endsWith(QStringLiteral("peak −4.4 dBFS, RMS −4.4 dBFS")),
                 qPrintable(lane.readout())); // 0.6
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(&lane, &leave);
        QVERIFY(lane.readout().isEmpty());
    }

    void keysMoveTheFrequencyCursor() {
        test::ListenFixture fixture;
        fixture.openSong();
        LaneView& lane = firstLane(fixture);
        fixture.key(Qt::Key_Up, Qt::ControlModifier);
        QCOMPARE(lane.frequencyCursor(), std::optional(0.5));
        const QString at = lane.readout();
        QVERIFY(at.startsWith(QStringLiteral("0:00.000, ")));
        fixture.key(Qt::Key_Up, Qt::ControlModifier);
        QVERIFY(*lane.frequencyCursor() > 0.5);
        QVERIFY(lane.readout() != at);
        fixture.key(Qt::Key_Right); // the play head
        QVERIFY(lane.readout().startsWith(QStringLiteral("0:01.000, ")));
        fixture.key(Qt::Key_Escape);
        QVERIFY(!lane.frequencyCursor());
        QVERIFY(lane.readout().isEmpty());
    }

    void magnifiesTheWaveform() {
        test::ListenFixture fixture;
        fixture.openSong();
        LaneView& lane = firstLane(fixture);
        QCoreApplication::processEvents();
        const QImage before = lane.grab().toImage();
        fixture.key(Qt::Key_Up, Qt::ShiftModifier);
        const QImage magnified = lane.grab().toImage();
        QVERIFY(magnified != before);
        fixture.key(Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(lane.grab().toImage(), before);
        QWheelEvent wheel({10, 10}, lane.mapToGlobal(QPointF(10, 10)), {}, {0, 120}, Qt::NoButton,
                          Qt::ControlModifier | Qt::ShiftModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&lane, &wheel);
        QCOMPARE(lane.grab().toImage(), magnified);
    }

    void theColorScaleFollowsTheLowestLevel() {
        test::ListenFixture fixture;
        auto* scale = fixture.page->findChild<ColorScale*>();
        QVERIFY(scale->accessibleName().contains(QStringLiteral("−84 dB to 0 dB")));
        for (auto* box : fixture.page->findChildren<QComboBox*>()) {
            if (box->accessibleName() != QStringLiteral("Lowest level of the spectrogram"))
                continue;
            box->setCurrentIndex(0);
            Q_EMIT box->activated(0);
        }
        QVERIFY(scale->accessibleName().contains(QStringLiteral("−60 dB to 0 dB")));
    }

    void theGainIsReportedInDecibels() {
        installAccessibleFactory();
        const Theme theme(Theme::Mode::Dark);
        GainSlider slider;
        slider.setDecibels(-3);
        auto* accessible = QAccessible::queryAccessibleInterface(&slider);
        QCOMPARE(accessible->text(QAccessible::Value), QStringLiteral("−3.0 dB"));
        QCOMPARE(accessible->valueInterface()->currentValue().toDouble(), -3.0);
        accessible->valueInterface()->setCurrentValue(1.5);
        QCOMPARE(slider.decibels(), 1.5);
        QCOMPARE(slider.valueText(), QStringLiteral("+1.5 dB"));
    }

    void theSourceMenuHasVisibleTitles() {
        test::ListenFixture fixture;
        SourceMenu sources(*fixture.bridge, fixture.page.get());
        sources.loadCheckpoints(QStringLiteral("/runs/first"));
        QCoreApplication::processEvents();
        QMenu menu;
        sources.fill(menu, [](const ListenSource&) {});
        QStringList titles;
        for (const QAction* action : menu.actions())
            if (!action->isSeparator() && !action->isEnabled())
                titles << action->text();
        QCOMPARE(titles, QStringList({"first", "Other sources"}));
        QVERIFY(!menu.actions().constFirst()->isSeparator());
    }

    void theSourceMenuOffersTheModelShelf() {
        test::ListenFixture fixture;
        fixture.listening->models = {
            {.name = "kim/vocals & more",
             .file = "/models/kim/vocals & more.ckpt",
             .kind = "Mel-Band RoFormer"},
            {.name = "torn", .file = "/models/torn.pt", .problem = "the file is empty"}};
        SourceMenu sources(*fixture.bridge, fixture.page.get());
        sources.loadShelf();
        QCoreApplication::processEvents();
        QMenu menu;
        ListenSource chosen;
        sources.fill(menu, [&](const ListenSource& source) { chosen = source; });
        QCOMPARE(menu.actions().at(0)->text(), QStringLiteral("Model shelf"));
        QCOMPARE(menu.actions().at(1)->text(), QStringLiteral("kim/vocals && more, Mel-Band RoFormer"));
        for (const QAction* action : menu.actions())
            QVERIFY(!action->text().contains(QStringLiteral("torn")));
        menu.actions().at(1)->trigger();
        QVERIFY(chosen.kind == ListenSource::Kind::Model);
        QCOMPARE(chosen.model.weights, std::string("/models/kim/vocals & more.ckpt"));
    }
};

HEADROOM_UI_TEST_MAIN(TestLaneView)
#include "tst_lane_view.moc"
