// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "ui/training/audition_strip.h"

#include <QApplication>
#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>

using namespace headroom;
using namespace headroom::ui;

namespace {

AuditionSaved audition(std::int64_t step, int epoch, std::vector<std::string> stems) {
    return {.step = step,
            .epoch = epoch,
            .song = "judge",
            .seconds = 10,
            .folder = "auditions/step-" + std::to_string(step),
            .stems = std::move(stems)};
}

RunHistory history(const std::vector<AuditionSaved>& auditions) {
    RunHistory history(10);
    history.add({EventTime{}, Started{.totalSteps = 100}});
    for (const AuditionSaved& saved : auditions)
        history.add({EventTime{}, saved});
    return history;
}

} // namespace

class TestAuditionStrip : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void clicksThroughTheEpochs() {
        AuditionStrip strip;
        QSignalSpy files(&strip, &AuditionStrip::playRequested);
        strip.setHistory(history({}), QStringLiteral("/run"));
        strip.setPlaybackAvailable(true);
        QVERIFY(strip.isHidden());
        strip.setHistory(history({audition(10, 1, {"vocals"}), audition(20, 2, {"vocals"})}),
                         QStringLiteral("/run"));
        QVERIFY(!strip.isHidden());
        const auto buttons = strip.findChildren<QPushButton*>();
        QCOMPARE(buttons.size(), 3); // with the ground truth
        buttons[2]->click();
        QCOMPARE(files.takeFirst().at(0).toString(), QStringLiteral("/run/auditions/step-20/vocals.flac"));
        buttons[0]->click();
        QCOMPARE(files.takeFirst().at(0).toString(), QStringLiteral("/run/auditions/song/vocals.flac"));
        QVERIFY(!buttons[2]->isChecked() && buttons[0]->isChecked());
        buttons[0]->click();
        QCOMPARE(files.takeFirst().at(0).toString(), QString());
        buttons[1]->click();
        strip.setStopped();
        QVERIFY(!buttons[1]->isChecked());
        QCOMPARE(files.size(), 1);
    }
    void playsTheChosenStem() {
        AuditionStrip strip;
        QSignalSpy files(&strip, &AuditionStrip::playRequested);
        strip.setHistory(history({audition(10, 1, {"drums", "vocals"})}), QStringLiteral("/run"));
        auto* stem = strip.findChild<QComboBox*>();
        QVERIFY(!stem->isHidden());
        stem->setCurrentText(QStringLiteral("vocals"));
        strip.findChildren<QPushButton*>()[1]->click();
        QCOMPARE(files.takeFirst().at(0).toString(), QStringLiteral("/run/auditions/step-10/vocals.flac"));
        // A new epoch does not change the choice.
        strip.setHistory(
            history({audition(10, 1, {"drums", "vocals"}), audition(20, 2, {"drums", "vocals"})}),
            QStringLiteral("/run"));
        QCOMPARE(stem->currentText(), QStringLiteral("vocals"));
        QCOMPARE(strip.findChildren<QPushButton*>().size(), 3);
        // Another stem is heard at once.
        files.clear();
        stem->setCurrentText(QStringLiteral("drums"));
        Q_EMIT stem->activated(stem->currentIndex());
        QCOMPARE(files.takeFirst().at(0).toString(), QStringLiteral("/run/auditions/step-10/drums.flac"));
    }
    void aNewEpochDoesNotStopTheMusic() {
        AuditionStrip strip;
        QSignalSpy files(&strip, &AuditionStrip::playRequested);
        strip.setHistory(history({audition(10, 1, {"vocals"})}), QStringLiteral("/run"));
        QPushButton* button = strip.findChildren<QPushButton*>().back();
        button->click();
        strip.setHistory(history({audition(10, 1, {"vocals"}), audition(20, 2, {"vocals"})}),
                         QStringLiteral("/run"));
        const auto buttons = strip.findChildren<QPushButton*>();
        QCOMPARE(buttons.size(), 3);
        QCOMPARE(buttons[1], button);
        QVERIFY(button->isChecked());
        // Another run does.
        files.clear();
        strip.setHistory(history({audition(10, 1, {"vocals"})}), QStringLiteral("/other"));
        for (const QPushButton* each : strip.findChildren<QPushButton*>())
            QVERIFY(!each->isChecked());
        QCOMPARE(files.size(), 1);
        QCOMPARE(files[0][0].toString(), QString());
        strip.setHistory(history({}), QStringLiteral("/third"));
        QCOMPARE(files.size(), 1); // nothing played
    }
    /// After what precedes them, though their buttons are created later; arrows move among them.
    void keysReachTheEpochsInOrder() {
        QWidget window;
        auto* row = new QHBoxLayout(&window);
        auto* before = new QPushButton(QStringLiteral("before"));
        auto* strip = new AuditionStrip;
        auto* after = new QPushButton(QStringLiteral("after"));
        for (QWidget* widget :
             {static_cast<QWidget*>(before), static_cast<QWidget*>(strip), static_cast<QWidget*>(after)})
            row->addWidget(widget);
        strip->setPlaybackAvailable(true);
        window.resize(800, 100);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        strip->setHistory(history({audition(10, 1, {"vocals"})}), QStringLiteral("/run"));
        strip->setHistory(history({audition(10, 1, {"vocals"}), audition(20, 2, {"vocals"})}),
                          QStringLiteral("/run"));
        QCoreApplication::processEvents();
        before->setFocus();
        const auto pressed = [](Qt::Key key) {
            QTest::keyClick(QApplication::focusWidget(), key);
            return qobject_cast<QPushButton*>(QApplication::focusWidget())->text();
        };
        QCOMPARE(pressed(Qt::Key_Tab), QStringLiteral("Ground truth"));
        QCOMPARE(pressed(Qt::Key_Right), QStringLiteral("1"));
        QCOMPARE(pressed(Qt::Key_Right), QStringLiteral("2"));
        QCOMPARE(pressed(Qt::Key_Tab), QStringLiteral("after"));
    }
    void isHiddenIfNothingPlays() {
        AuditionStrip strip;
        strip.setHistory(history({audition(10, 1, {"vocals"})}), QStringLiteral("/run"));
        QVERIFY(strip.isHidden());
        strip.setPlaybackAvailable(true);
        QVERIFY(!strip.isHidden());
    }
    void theNewestEpochIsInView() {
        AuditionStrip strip;
        strip.setPlaybackAvailable(true);
        strip.resize(400, 60);
        std::vector<AuditionSaved> auditions;
        const auto add = [&] {
            const auto epoch = static_cast<int>(auditions.size()) + 1;
            auditions.push_back(audition(epoch, epoch, {"vocals"}));
            strip.setHistory(history(auditions), QStringLiteral("/run"));
        };
        for (int i = 0; i < 40; ++i)
            add();
        strip.show();
        auto* bar = strip.findChild<QScrollArea*>()->horizontalScrollBar();
        QTRY_VERIFY(bar->maximum() > 0);
        QTRY_COMPARE(bar->value(), bar->maximum());
        const int before = bar->maximum();
        add();
        QTRY_VERIFY(bar->maximum() > before);
        QCOMPARE(bar->value(), bar->maximum());
        bar->setValue(3);
        add();
        QTRY_VERIFY(bar->maximum() > before);
        QCOMPARE(bar->value(), 3);
    }
    /// A run that resumes at an earlier step repeats what came later.
    void dropsWhatAResumeRepeats() {
        RunHistory run = history({audition(10, 1, {"vocals"}), audition(20, 2, {"vocals"})});
        run.add({EventTime{}, Started{.step = 10, .totalSteps = 100}});
        QCOMPARE(run.auditions().size(), std::size_t(1));
    }
};

HEADROOM_UI_TEST_MAIN(TestAuditionStrip)
#include "tst_audition_strip.moc"
