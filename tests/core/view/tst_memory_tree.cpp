// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/view/memory_tree.h"
#include "tests/support/strict_main.h"

using namespace headroom;

class TestMemoryTree : public QObject {
    Q_OBJECT

    static StepTensors step() {
        using enum MemoryPart;
        return {.lives = {{0, Parameters, 100, 0, 10},
                          {1, SavedActivations, 30, 2, 8},
                          {1, SavedActivations, 20, 3, 8},
                          {2, SavedActivations, 400, 3, 7},
                          {1, Temporaries, 5, 4, 5},
                          {3, SavedActivations, 7, 3, 9}},
                .owners = {{"empty"}, {"layers", "0", "mm"}, {"layers", "1", "mm"}, {"layers", "0", "cat"}}};
    }

private Q_SLOTS:
    void nestsPartsModulesAndOperators() {
        const MemoryNode root = memoryTree(step(), 4);
        QCOMPARE(root.bytes, std::int64_t(562));
        QCOMPARE(root.count, 6);
        QCOMPARE(root.children.size(), std::size_t(3));
        const MemoryNode& saved = root.children[0];
        QCOMPARE(saved.part, MemoryPart::SavedActivations);
        QCOMPARE(saved.bytes, std::int64_t(457));
        QCOMPARE(saved.children.size(), std::size_t(1));
        const MemoryNode& layers = saved.children[0];
        QCOMPARE(layers.name, std::string("layers"));
        QCOMPARE(layers.children[0].name, std::string("1"));
        QCOMPARE(layers.children[1].name, std::string("0"));
        QCOMPARE(layers.children[1].bytes, std::int64_t(57));
        QCOMPARE(layers.children[1].count, 3);
        QCOMPARE(layers.children[1].children[0].name, std::string("mm"));
        QCOMPARE(layers.children[1].children[0].bytes, std::int64_t(50));
        QCOMPARE(layers.children[1].children[1].name, std::string("cat"));
        QCOMPARE(root.children[1].part, MemoryPart::Parameters);
        QCOMPARE(root.children[2].part, MemoryPart::Temporaries);
    }

    void containsWhatIsLive() {
        QCOMPARE(memoryTree(step(), 0).bytes, std::int64_t(100));
        QCOMPARE(memoryTree(step(), 2).bytes, std::int64_t(130));
        QCOMPARE(memoryTree(step(), 5).bytes, std::int64_t(557)); // the temporary was freed by this event
        QCOMPARE(memoryTree(step(), 8).bytes, std::int64_t(107));
        QVERIFY(memoryTree(step(), 10).children.empty());
        QVERIFY(memoryTree({}, 0).children.empty());
    }

    void foldsStacks() {
        QCOMPARE(foldedStacks(memoryTree(step(), 3)), std::string("saved_activations;layers;1;mm 400\n"
                                                                  "saved_activations;layers;0;mm 50\n"
                                                                  "saved_activations;layers;0;cat 7\n"
                                                                  "parameters;empty 100\n"));
        QCOMPARE(foldedStacks({}), std::string());
    }

    /// Of another program: the purpose of its memory is unknown, and its names are any text.
    void foldsCallsWithoutParts() {
        const StepTensors tensors = {
            .lives = {{.owner = 0, .bytes = 5, .end = 9}, {.owner = 1, .bytes = 7, .end = 9}},
            .owners = {{"main", "f(int; float)"}, {"main", "two\nlines"}},
            .hasParts = false};
        const MemoryNode root = memoryTree(tensors, 0);
        QCOMPARE(root.bytes, std::int64_t(12));
        QCOMPARE(root.children.size(), std::size_t(1));
        QCOMPARE(root.children[0].name, std::string("main"));
        QCOMPARE(foldedStacks(root), std::string("main;two lines 7\nmain;f(int, float) 5\n"));
    }
};

HEADROOM_TEST_MAIN(TestMemoryTree)
#include "tst_memory_tree.moc"
