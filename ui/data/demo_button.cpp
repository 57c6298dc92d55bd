#include "ui/data/demo_button.h"

#include "ui/data/demo_start.h"
#include "ui/theme/icon.h"

namespace headroom::ui {

DemoButton::DemoButton(DemoStart& demo, QWidget* parent) : QPushButton(parent), demo_(demo) {
    setIcon(themeIcon(QStringLiteral("play")));
    setProperty("primary", true);
    setToolTip(tr("Composes eight songs with their stems, once, and trains a small model on them"));
    connect(this, &QPushButton::clicked, &demo_, &DemoStart::begin);
    connect(&demo_, &DemoStart::changed, this, &DemoButton::refresh);
    refresh();
}

void DemoButton::refresh() {
    setEnabled(!demo_.busy());
    setText(demo_.busy() ? demo_.progress() : tr("Start on the demo songs"));
}

} // namespace headroom::ui
