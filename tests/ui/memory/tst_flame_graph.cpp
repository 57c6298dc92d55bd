// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tests/support/strict_ui_main.h"
#include "ui/memory/flame_graph.h"
#include "ui/theme/theme.h"

using namespace headroom;
using namespace headroom::ui;

class TestFlameGraph : public QObject {
    Q_OBJECT

    Theme theme_{Theme::Mode::Dark};
    std::unique_ptr<FlameGraph> graph_;

    static MemoryNode tree() {
        constexpr std::int64_t mib = 1 << 20;
        using enum MemoryPart;
        const StepTensors tensors{.lives = {{0, Parameters, 10 * mib, 0, 1},
                                            {1, SavedActivations, 20 * mib, 0, 1},
                                            {2, SavedActivations, 6 * mib, 0, 1},
                                            {2, SavedActivations, 4 * mib, 0, 1}},
                                  .owners = {{"empty"}, {"layers", "0", "mm"}, {"layers", "1", "cat"}}};
        return memoryTree(tensors, 0);
    }
    QString shown() const { return graph_->accessibleDescription(); }
    QString after(Qt::Key key) {
        QTest::keyClick(graph_.get(), key);
        return shown();
    }
    QColor colorAt(int x, int row) const {
        const int height = graph_->sizeHint().height() / 7;
        return graph_->grab().toImage().pixelColor(x, row * height + height - 3);
    }

private Q_SLOTS:
    void init() {
        graph_ = std::make_unique<FlameGraph>(theme_);
        graph_->resize(400, 200);
        graph_->setTree(tree());
        graph_->show();
    }
    void cleanup() { graph_.reset(); }

    void keysReachEveryBox() {
        QCOMPARE(shown(), QStringLiteral("All tensors: 40 MiB, 100.0 % of the total; tensors: 4"));
        QCOMPARE(after(Qt::Key_Down),
                 QStringLiteral("Saved for backward: 30 MiB, 75.0 % of the total; tensors: 3"));
        QCOMPARE(after(Qt::Key_Right), QStringLiteral("Weights: 10 MiB, 25.0 % of the total; tensors: 1"));
        QVERIFY(after(Qt::Key_Left).startsWith(QStringLiteral("Saved for backward: ")));
        after(Qt::Key_Down);
        after(Qt::Key_Down);
        QCOMPARE(after(Qt::Key_Right), QStringLiteral("Saved for backward, layers, 1: 10 MiB, 25.0 % of the "
                                                      "total; tensors: 2"));
        after(Qt::Key_Down);
        QVERIFY(after(Qt::Key_Down).startsWith(QStringLiteral("Saved for backward, layers, 1, cat: ")));
        QVERIFY(after(Qt::Key_Up).startsWith(QStringLiteral("Saved for backward, layers, 1: ")));
    }

    void widthsAreShares() {
        const QColor saved = colorAt(290, 1);
        const QColor parameters = colorAt(310, 1);
        QVERIFY(saved != parameters);
        QCOMPARE(colorAt(10, 1), saved);
        QCOMPARE(colorAt(390, 1), parameters);
    }

    void enterFillsTheWidthAndEscapeGoesBack() {
        const QColor saved = colorAt(10, 1);
        after(Qt::Key_Down);
        after(Qt::Key_Return);
        QVERIFY(shown().startsWith(QStringLiteral("Saved for backward: ")));
        QCOMPARE(colorAt(390, 1), saved);
        QVERIFY(after(Qt::Key_Escape).startsWith(QStringLiteral("All tensors: ")));
        QVERIFY(colorAt(390, 1) != saved);
    }

    void clicksFillTheWidthToo() {
        const QColor saved = colorAt(10, 1);
        const int height = graph_->sizeHint().height() / 7;
        QTest::mouseClick(graph_.get(), Qt::LeftButton, {}, {10, height * 3 / 2});
        QCOMPARE(colorAt(390, 1), saved);
        QTest::mouseClick(graph_.get(), Qt::LeftButton, {}, {10, height / 2});
        QVERIFY(colorAt(390, 1) != saved);
    }

    void keepsTheZoomForATreeThatHasTheBox() {
        after(Qt::Key_Down);
        const QColor saved = colorAt(10, 1);
        after(Qt::Key_Return);
        graph_->setTree(tree());
        QCOMPARE(colorAt(390, 1), saved);
        MemoryNode other = tree();
        other.children.erase(other.children.begin());
        other.bytes = other.children.front().bytes;
        graph_->setTree(other);
        QVERIFY(shown().startsWith(QStringLiteral("All tensors: 10 MiB")));
        QVERIFY(colorAt(390, 1) != saved);
    }

    void anEmptyTreeIsNoFault() {
        graph_->setTree({});
        QVERIFY(shown().isEmpty());
        for (const Qt::Key key : {Qt::Key_Down, Qt::Key_Right, Qt::Key_Return, Qt::Key_Escape})
            after(key);
        graph_->grab();
    }
};

HEADROOM_UI_TEST_MAIN(TestFlameGraph)
#include "tst_flame_graph.moc"
