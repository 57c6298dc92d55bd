// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/option_table.h"
#include "tests/support/slider_drag.h"
#include "tests/support/strict_ui_main.h"
#include "ui/configuration/config_model.h"
#include "ui/configuration/option_candidates.h"
#include "ui/configuration/option_panel.h"
#include "ui/configuration/option_row.h"
#include "ui/configuration/option_slider.h"
#include "ui/theme/theme.h"
#include "ui/widgets/number_box.h"

#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

using namespace headroom;
using namespace headroom::ui;
using test::drag;
using test::handle;

namespace {

struct Fixture {
    Theme theme{Theme::Mode::Dark};
    ConfigModel model;
    OptionPanel panel{model, theme};

    Fixture() { panel.show(); }

    OptionRow& row(const char* key) {
        for (OptionRow* each : panel.rows())
            if (each->option().key == key)
                return *each;
        qFatal("no row %s", key);
    }
    OptionSlider& slider(const char* key) { return *row(key).findChild<OptionSlider*>(); }
    NumberBox& box(const char* key) { return *row(key).findChild<NumberBox*>(); }
};

} // namespace

class TestOptionPanel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyOptionHasOneRow() {
        Fixture f;
        QStringList shown;
        for (const OptionRow* row : f.panel.rows())
            shown << QString::fromStdString(row->option().key);
        QStringList expected;
        for (const Option& option : optionTable())
            expected << QString::fromStdString(option.key);
        shown.sort();
        expected.sort();
        QCOMPARE(shown, expected);
    }

    /// Laying out all rows at each move of one slider would be slow.
    void aChangedOptionDoesNotLayOutOtherRows() {
        Fixture f;
        QStringList laidOut;
        struct Watch : QObject {
            explicit Watch(QStringList& into) : seen(into) {}
            bool eventFilter(QObject* watched, QEvent* event) override {
                if (event->type() == QEvent::LayoutRequest)
                    seen << QString::fromStdString(static_cast<OptionRow*>(watched)->option().key);
                return false;
            }
            QStringList& seen;
        } watch(laidOut);
        for (OptionRow* row : f.panel.rows())
            row->installEventFilter(&watch);
        do { // until the initial layout is complete
            laidOut.clear();
            QCoreApplication::processEvents();
        } while (!laidOut.isEmpty());
        f.model.set(*findOption("model.hidden_dim"), std::int64_t{64});
        QCoreApplication::processEvents();
        laidOut.removeDuplicates();
        // Only the row itself and the two rows of choices, which Qt lays out with the list.
        laidOut.removeAll(QStringLiteral("model.hidden_dim"));
        QVERIFY2(laidOut.size() <= 2, qPrintable(laidOut.join(' ')));
    }

    void draggingASliderIsOneUndoCommand() {
        Fixture f;
        OptionSlider& slider = f.slider("model.num_layers");
        drag(slider, 11);
        QCOMPARE(f.model.config().model.numLayers, 12);
        QCOMPARE(f.box("model.num_layers").value(), 12.0);
        QCOMPARE(f.model.history().count(), 1);
        f.model.history().undo();
        QCOMPARE(slider.value(), 5);
    }

    void aClickOnTheGrooveMovesTheHandleThere() {
        Fixture f;
        OptionSlider& slider = f.slider("model.num_layers");
        QTest::mouseClick(&slider, Qt::LeftButton, {}, handle(slider, 20).center());
        QCOMPARE(f.model.config().model.numLayers, 21);
        QCOMPARE(f.model.history().count(), 1);
    }

    void aDoubleClickResetsTheOption() {
        Fixture f;
        f.model.set(f.row("model.num_layers").option(), std::int64_t{3});
        QTest::mouseDClick(&f.slider("model.num_layers"), Qt::LeftButton);
        QCOMPARE(f.model.config().model.numLayers, 6);
    }

    void keysMoveFromStopToStop() {
        Fixture f;
        OptionSlider& slider = f.slider("training.batch_size");
        QTest::keyClick(&slider, Qt::Key_Right);
        QCOMPARE(f.model.config().training.batchSize, 6);
        QTest::keyClick(&slider, Qt::Key_Right);
        QCOMPARE(f.model.config().training.batchSize, 10);
        QCOMPARE(f.model.config().training.gradientAccumulationSteps, 3);
        QTest::keyClick(&slider, Qt::Key_Backspace);
        QCOMPARE(f.model.config().training.batchSize, 5);
    }

    void typedNumbersSnapToTheNearestDivisor() {
        Fixture f;
        NumberBox& box = f.box("training.batch_size");
        box.setFocus();
        box.selectAll();
        QTest::keyClicks(&box, QStringLiteral("9"));
        QTest::keyClick(&box, Qt::Key_Return);
        QCOMPARE(f.model.config().training.batchSize, 10);
        QCOMPARE(box.text(), QStringLiteral("10"));
    }

    void acceptsNumbersInYamlNotation() {
        Fixture f;
        NumberBox& box = f.box("training.learning_rate");
        box.setFocus();
        box.selectAll();
        QTest::keyClicks(&box, QStringLiteral("2.5e-4"));
        QTest::keyClick(&box, Qt::Key_Return);
        QCOMPARE(f.model.config().training.learningRate, 2.5e-4);
    }

    void marksAndRejectsAnInvalidList() {
        Fixture f;
        auto& line = *f.row("loss.stft_windows").findChild<QLineEdit*>();
        line.setText(QStringLiteral("[4096, none]"));
        Q_EMIT line.editingFinished();
        QVERIFY(line.property("faulty").toBool());
        QVERIFY(line.accessibleDescription().contains(QStringLiteral("loss.stft_windows")));
        QVERIFY(f.model.changes().empty());
        line.setText(QStringLiteral("[1024]"));
        Q_EMIT line.editingFinished();
        QVERIFY(!line.property("faulty").toBool());
        QVERIFY(f.model.config().loss.stftWindows == std::vector<int>{1024});
    }

    void aChangedOptionHasAResetButton() {
        Fixture f;
        OptionRow& row = f.row("model.num_layers");
        auto& reset = *row.findChild<QToolButton*>();
        QVERIFY(reset.isHidden());
        f.model.set(row.option(), std::int64_t{4});
        QVERIFY(!reset.isHidden());
        QVERIFY(reset.text().contains(QStringLiteral("6")));
        reset.click();
        QVERIFY(f.model.changes().empty());
        QVERIFY(reset.isHidden());
    }

    void anOptionSetByAListIsShownAndDisabled() {
        Fixture f;
        const Option& list = *findOption("model.freqs_per_bands");
        f.model.set(list, std::vector<int>(33, 31));
        QCOMPARE(f.box("model.num_subbands").value(), 33.0);
        QVERIFY(!f.box("model.num_subbands").isEnabled());
        QVERIFY(!f.slider("model.num_subbands").isEnabled());
        QCOMPARE(f.slider("model.num_subbands").number(), 33.0);
        QVERIFY(optionCandidates(f.model, *findOption("model.num_subbands")).empty());
        f.model.history().undo();
        QCOMPARE(f.box("model.num_subbands").value(), 62.0);
        QVERIFY(f.slider("model.num_subbands").isEnabled());
    }

    void recomputedLayersStopAtTheNumberOfLayers() {
        Fixture f;
        OptionSlider& slider = f.slider("model.recompute_layers");
        QCOMPARE(slider.stops().back(), 6.0);
        f.model.set(*findOption("model.num_layers"), std::int64_t{12});
        QCOMPARE(slider.stops().back(), 12.0);
        f.model.set(*findOption("model.use_gradient_checkpointing"), true);
        QVERIFY(!slider.isEnabled());
        QCOMPARE(f.box("model.recompute_layers").value(), 12.0);
    }

    void layersKeepNothingUntilChosen() {
        Fixture f;
        OptionSlider& slider = f.slider("model.kept_layers");
        QVERIFY(!slider.isEnabled());
        QCOMPARE(f.box("model.kept_layers").value(), 0.0);
        f.model.set(*findOption("model.kept_activations"), std::string("convolved"));
        QVERIFY(slider.isEnabled());
        QCOMPARE(slider.stops().back(), 6.0);
        f.model.set(*findOption("model.kept_layers"), std::int64_t{2});
        QCOMPARE(f.model.config().model.keptLayers, 2);
    }

    void rowsKeepTheirSizeWhenValuesChange() {
        Fixture f;
        for (OptionRow* row : f.panel.rows()) {
            const QSize before = row->minimumSizeHint();
            Q_EMIT f.model.changed();
            if (row->option().type == OptionType::Integer && row->option().max < 1e6)
                f.model.set(row->option(), static_cast<std::int64_t>(row->option().max));
            QCoreApplication::processEvents();
            QVERIFY2(row->minimumSizeHint() == before, row->option().key.c_str());
            f.model.reset(row->option());
        }
    }

    void escapeClearsTheSearchAndNoMatchShowsAMessage() {
        Fixture f;
        auto& search = *f.panel.findChild<QLineEdit*>();
        const auto nothing = [&] {
            for (const auto* label : f.panel.findChildren<QLabel*>())
                if (label->text() == QStringLiteral("No matching options"))
                    return label->isVisible();
            return false;
        };
        QVERIFY(!nothing());
        search.setText(QStringLiteral("xyzzy"));
        QVERIFY(nothing());
        QTest::keyClick(&search, Qt::Key_Escape);
        QVERIFY(search.text().isEmpty());
        QVERIFY(!nothing());
        QVERIFY(f.row("model.num_layers").isVisible());
    }

    void searchFindsOptionsOfCollapsedSections() {
        Fixture f;
        QVERIFY(!f.row("training.weight_decay").isVisible());
        f.panel.findChild<QLineEdit*>()->setText(QStringLiteral("weight decay"));
        QVERIFY(f.row("training.weight_decay").isVisible());
        QVERIFY(!f.row("model.num_layers").isVisible());
        QVERIFY(!f.row("training.batch_size").isVisible());
    }

    void slidersDescribeTheForecastOfTheirStop() {
        Fixture f;
        OptionSlider& slider = f.slider("model.num_layers");
        StopForecasts zones(24);
        zones[5] = StopForecast{Verdict::Tight, std::int64_t{7} << 30};
        slider.setZones(zones);
        QCOMPARE(slider.accessibleDescription(), QStringLiteral("6 layers: 7.0 GiB, tight, time unknown"));
    }
};

HEADROOM_UI_TEST_MAIN(TestOptionPanel)
#include "tst_option_panel.moc"
