# SPDX-FileCopyrightText: The Headroom authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# cmake -D OUT=FILE -D ROOT=FOLDER -D FILES="PATH;..." -P embed_kernels.cmake: writes a C++ file that defines embeddedFiles()
# of kernel_sources.h, with the text of each PATH relative to ROOT.
set(code "#include \"core/kernels/cuda/kernel_sources.h\"\n\nnamespace headroom {\n
const std::vector<EmbeddedFile>& embeddedFiles() {
    static const std::vector<EmbeddedFile> files = {\n")
foreach(path ${FILES})
  file(READ ${ROOT}/${path} text)
  string(APPEND code "        {\"${path}\", R\"kernel(${text})kernel\"},\n")
endforeach()
string(APPEND code "    };\n    return files;\n}\n\n} // namespace headroom\n")
file(WRITE ${OUT} "${code}")
